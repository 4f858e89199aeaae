export * from './dossier.ts';
export * from './letters.ts';
export * from './messages.ts';
export * from './papers.ts';
export * from './wire.ts';
export * from './working-time.ts';
