/** For pages of the extension. What is drawn inside a host's page takes only `tokens.ts`. */
export * from './components/index.ts';
export * from './explain.ts';
export * from './page.tsx';
export * from './verdict.ts';
export * from './worklist.ts';
export * from './worklist-export.ts';
