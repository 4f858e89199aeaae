export * from './duration.ts';
export * from './fold.ts';
export * from './moment.ts';
