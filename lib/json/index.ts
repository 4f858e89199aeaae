/** JSON that people write: read with the place of each fault, so that it can be mended. No knowledge of what it says. */
export * from './read.ts';
