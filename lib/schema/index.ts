export * from './dossier.ts';
export * from './messages.ts';
export * from './wire.ts';
export * from './working-time.ts';
