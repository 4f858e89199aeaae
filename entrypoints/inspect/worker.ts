import { inspector } from '../../lib/inspection/index.ts';

/** The thread that reads files: what a hostile file breaks here, the page does not feel. */
const receive = inspector((answer) => postMessage(answer));
addEventListener('message', ({ data }) => receive(data));
