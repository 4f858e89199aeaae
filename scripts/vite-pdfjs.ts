import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * What the package carries of pdf.js, made fit for a release that names no foreign host and compiles no text. Only branches that
 * never run here are touched: fallbacks for engines far below our floor, and forms of XFA, which inspection leaves switched off.
 */

interface Change {
  what: string;
  find: RegExp;
  put: string;
}

const CHANGES: readonly Change[] = [
  {
    what: 'core-js: the global object of engines without globalThis',
    find: /\|\| Function\('return this'\)\(\)/g,
    put: '|| globalThis',
  },
  {
    what: 'core-js: addresses of its licence and source',
    find: /'https:\/\/github\.com\/zloirock\/core-js[^']*'/g,
    put: "''",
  },
  {
    what: 'pdf.js: example hosts as the base of relative addresses',
    find: /(["'])https?:\/\/(?:example\.com|foo\.bar)\1/g,
    put: "'http://base'",
  },
  { what: 'pdf.js: namespaces of XFA', find: /http:\/\/(?:www\.xfa\.org\/schema|ns\.adobe\.com)\//g, put: 'urn:xfa:' },
];

/** Every change is found in at least one of these, or the build fails: a new pdf.js has to be looked at again. */
const FILES = ['build/pdf.mjs', 'build/pdf.worker.mjs', 'image_decoders/pdf.image_decoders.mjs'];
const PDFJS = /\/pdfjs-dist\/legacy\/(?:build|image_decoders)\/[^/]+\.mjs$/;

const folder = () => dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** Takes what a release may not hold out of the modules of pdf.js. For the build of workers. */
export function quietPdfJs(): Plugin {
  return {
    name: 'dung-hen-quiet-pdfjs',
    buildStart() {
      const all = FILES.map((file) => readFileSync(join(folder(), 'legacy', file), 'utf8')).join('\n');
      for (const { what, find } of CHANGES) if (all.search(find) < 0) this.error(`not found any more: ${what}`);
    },
    transform(code, id) {
      if (!PDFJS.test(id)) return null;
      return { code: CHANGES.reduce((text, { find, put }) => text.replaceAll(find, put), code), map: null };
    },
  };
}

/** The decoders that pdf.js loads by address, and their licences. The variants without WebAssembly, which our policy forbids. */
const DECODERS = [
  'jbig2_nowasm_fallback.js',
  'openjpeg_nowasm_fallback.js',
  'LICENSE_JBIG2',
  'LICENSE_OPENJPEG',
  'LICENSE_PDFJS_JBIG2',
  'LICENSE_PDFJS_OPENJPEG',
];

/** Files to copy into the package, from the installed pdf.js: nothing built stands in the repository. */
export function decoderFiles(): { absoluteSrc: string; relativeDest: string }[] {
  return DECODERS.map((name) => ({ absoluteSrc: join(folder(), 'wasm', name), relativeDest: `decoders/${name}` }));
}
