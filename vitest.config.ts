import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** For a test that starts a process on a busy machine; no test asserts a time. */
const PATIENCE = 30_000;
const define = { __SANDBOX__: 'true' };

export default defineConfig({
  define,
  test: {
    projects: [
      {
        define,
        // `wxt/browser` is a fake there.
        plugins: [WxtVitest()],
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node', testTimeout: PATIENCE },
      },
      {
        define,
        plugins: [WxtVitest()],
        test: {
          name: 'dom',
          include: ['tests/dom/**/*.test.ts', 'tests/dom/**/*.test.tsx'],
          environment: 'happy-dom',
          testTimeout: PATIENCE,
        },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      },
      {
        define,
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          environment: 'node',
          testTimeout: PATIENCE,
        },
      },
      {
        define,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // `npm test` has two browsers at a time; on two cores more are slower.
          fileParallelism: false,
        },
      },
    ],
  },
});
