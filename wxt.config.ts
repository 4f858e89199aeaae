import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import type { UserConfig } from 'vite';
import { defineConfig } from 'wxt';
import { BUILT_IN_HOSTS, SANDBOX_HOSTS } from './lib/hosts/index.ts';
import { leanData } from './scripts/vite-lean.ts';
import { decoderFiles, quietPdfJs } from './scripts/vite-pdfjs.ts';
import { leanSchemas } from './scripts/vite-schemas.ts';

/** `--mode sandbox` is the only build that may run on localhost; a release never can. */
const SANDBOX = 'sandbox';

/** Where a page of the extension may fetch from: what an admin configured, over TLS. */
const connectSrc = (mode: string) =>
  mode === SANDBOX ? "'self' https: http://127.0.0.1:* http://localhost:*" : "'self' https:";

const WXT_CONTEXT = 'wxt/utils/content-script-context';
const OWN_CONTEXT = fileURLToPath(import.meta.resolve('./lib/platform/content-context.ts'));

function withoutPolyfill(config: UserConfig): void {
  const alias = config.resolve?.alias;
  if (Array.isArray(alias))
    config.resolve = { ...config.resolve, alias: alias.filter(({ find }) => find !== 'wxt/browser') };
  else if (alias) delete (alias as Record<string, string>)['wxt/browser'];
}

export default defineConfig({
  srcDir: '.',
  entrypointsDir: 'entrypoints',
  outDir: '.output',
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  // A browser that the tests start keeps no address of ours; nothing is opened by itself.
  webExt: { disabled: true },
  vite: ({ mode }) => ({
    plugins: [preact()],
    define: { __SANDBOX__: JSON.stringify(mode === SANDBOX) },
    build: { target: 'es2022' },
    // The worker that inspects files loads its libraries when it meets a file that needs them.
    worker: { format: 'es', plugins: () => [quietPdfJs()] },
  }),
  hooks: {
    'build:publicAssets': (_wxt, files) => {
      files.push(...decoderFiles());
    },
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.every(({ type }) => type === 'content-script')) return;
      // Every page of an officer pays for these bytes. From our floor of Chromium 116 and Firefox 140 on, the API gives
      // promises everywhere, so content scripts carry no polyfill (10 kB).
      config.plugins = [
        config.plugins,
        leanData(),
        leanSchemas(),
        { name: 'dung-hen-no-polyfill', enforce: 'pre', config: withoutPolyfill },
        { name: 'dung-hen-context', enforce: 'pre', resolveId: (id) => (id === WXT_CONTEXT ? OWN_CONTEXT : null) },
      ];
    },
  },
  manifest: ({ browser, mode }) => {
    const hosts = mode === SANDBOX ? [...BUILT_IN_HOSTS, ...SANDBOX_HOSTS] : [...BUILT_IN_HOSTS];
    return {
      name: mode === SANDBOX ? 'Đúng Hẹn (thử nghiệm)' : 'Đúng Hẹn',
      description: 'Hạn trả hồ sơ, đếm theo ngày làm việc, ngay trên trang một cửa của Thành phố.',
      minimum_chrome_version: browser === 'firefox' ? undefined : '116',
      permissions: ['storage', 'alarms', 'scripting', 'activeTab'],
      host_permissions: hosts,
      optional_host_permissions: ['https://*/*', 'http://*/*'],
      content_security_policy: {
        // Only the reconciliation talks to other machines; every other page narrows this to 'self' in its own head.
        extension_pages: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ${connectSrc(mode)}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      },
      commands: {
        'draft-letter': {
          suggested_key: { default: 'Alt+Shift+X' },
          description: 'Soạn thư xin lỗi cho hồ sơ đang chọn',
        },
        _execute_action: { suggested_key: { default: 'Alt+Shift+D' }, description: 'Mở Đúng Hẹn cho trang này' },
      },
      browser_specific_settings:
        browser === 'firefox'
          ? {
              gecko: {
                id: 'dung-hen@dung-hen.example',
                strict_min_version: '140.0',
                data_collection_permissions: { required: ['none'] },
              },
            }
          : undefined,
    };
  },
});
