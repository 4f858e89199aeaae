import { Session } from './session.ts';

/** The thread that reads, asks and joins. */
const session = new Session((answer) => postMessage(answer));
addEventListener('message', ({ data }) => void session.receive(data));
