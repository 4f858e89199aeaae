/** For the background and for pages of the extension. Content scripts have a door of their own: `content.ts`. */
export * from './basis.ts';
export * from './browser.ts';
export * from './clock.ts';
export * from './frames.ts';
export * from './hosts.ts';
export * from './job-store.ts';
export * from './jobs.ts';
export * from './letter-pages.ts';
export * from './letters.ts';
export * from './limits.ts';
export * from './messages.ts';
export * from './pages.ts';
export * from './papers.ts';
export * from './secrets.ts';
export * from './settings.ts';
export * from './store.ts';
export * from './toolbar.ts';
