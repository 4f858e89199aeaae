/** Apology letters: what they say, templates, filling, checking, messages and the register. No page, no file system. */
export * from './check-template.ts';
export * from './date-words.ts';
export * from './fields.ts';
export * from './fill.ts';
export * from './letter.ts';
export * from './merge.ts';
export * from './model.ts';
export * from './new-date.ts';
export * from './print.ts';
export * from './register.ts';
export * from './register-report.ts';
export * from './rows.ts';
export * from './texts.ts';
export { readZip, TEMPLATE_LIMITS, type ZipLimits } from './zip.ts';
