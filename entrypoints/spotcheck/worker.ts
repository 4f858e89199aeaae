import { Session } from './session.ts';

/** The thread that reads lists, freezes them and draws. */
const session = new Session((answer) => postMessage(answer));
addEventListener('message', ({ data }) => void session.receive(data));
