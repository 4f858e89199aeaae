/** For pages of the extension. What is drawn inside a host's page takes only `tokens.ts`. */

export * from '../words/index.ts';
export * from './components/index.ts';
export * from './letter-queue.ts';
export * from './page.tsx';
export * from './worklist.ts';
export * from './worklist-export.ts';
