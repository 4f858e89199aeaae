import { IndicatorSession } from './indicators-session.ts';

/** The thread that reads dossiers and adds the indicators up. */
const session = new IndicatorSession((answer) => postMessage(answer));
addEventListener('message', ({ data }) => void session.receive(data));
