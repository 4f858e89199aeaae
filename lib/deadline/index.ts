export * from './assess.ts';
export * from './civil-code.ts';
export * from './types.ts';
