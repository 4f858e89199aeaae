/**
 * The one way to zod in this product: zod/mini. Full zod probes `new Function`, which the CSP of an extension
 * page reports as a violation, and it is five times the size in a page's content script.
 */
export * as z from 'zod/mini';
