import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchPage } from './pages.ts';

/** Where every extension of this bench keeps what runs in a page. */
export const SCRIPTS = 'content-scripts';

/**
 * Three ways others do it, as content scripts of tiny extensions, on the same page. Each reads code, received, due and
 * status of every row; the first two also put a plain element into the due cell, which is less than our badge does.
 */
const read = ({ rows, cells }: BenchPage) => `
const ROWS = ${JSON.stringify(rows)};
const CELLS = ${JSON.stringify(cells)};
function read(row) {
  const text = (cell) => row.querySelector(cell)?.textContent ?? '';
  return [text(CELLS.code), text(CELLS.received), text(CELLS.due), text(CELLS.status)];
}
function mount(row) {
  const [code, , due, status] = read(row);
  const cell = row.querySelector(CELLS.due);
  if (!cell) return;
  let mark = cell.querySelector('.stand-in');
  if (!mark) { mark = document.createElement('span'); mark.className = 'stand-in'; cell.append(mark); }
  const label = code.length + '/' + due.length + '/' + status.length;
  if (mark.textContent !== label) mark.textContent = label;
}
function all() { for (const row of document.querySelectorAll(ROWS)) mount(row); }
`;

export interface StandIn {
  label: string;
  /** What it leaves in each row, when it leaves anything. */
  mark: string;
  script: string;
}

export const STAND_INS: Record<string, StandIn> = {
  observer: {
    label: 'document-wide observer, full re-query',
    mark: '.stand-in',
    script: `
new MutationObserver(all).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
all();`,
  },
  poll: { label: 'one-second poll', mark: '.stand-in', script: 'setInterval(all, 1000); all();' },
  floor: {
    label: 'bare read, nothing mounted (floor)',
    mark: '',
    script: `
const wait = setInterval(look, 100);
function look() {
  const rows = document.querySelectorAll(ROWS);
  if (rows.length === 0) return;
  clearInterval(wait);
  let sum = 0;
  for (const row of rows) for (const text of read(row)) sum += text.length;
  globalThis.standInSum = sum;
}
look();`,
  },
};

/** Writes an unpacked extension with one content script. */
export function writeExtension(path: string, script: string): string {
  mkdirSync(join(path, SCRIPTS), { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'stand-in',
    version: '1',
    content_scripts: [{ matches: ['http://localhost/*'], js: [`${SCRIPTS}/content.js`], run_at: 'document_idle' }],
    background: { service_worker: 'worker.js' },
  };
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(path, SCRIPTS, 'content.js'), script);
  writeFileSync(join(path, 'worker.js'), '');
  return path;
}

export const scriptOf = (standIn: StandIn, page: BenchPage) => read(page) + standIn.script;
