import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Three ways others do it, as content scripts of tiny extensions, on the same page. Each reads code, received, due and status of
 * every row; the first two also put a plain element into the due cell, which is less than our badge does.
 */
const READ = `
const ROWS = '.cdk-row';
function read(row) {
  const text = (name) => row.querySelector('.cdk-column-' + name)?.textContent ?? '';
  return [text('code'), text('acceptedDate'), text('appointmentDate'), text('status')];
}
function mount(row) {
  const [code, , due, status] = read(row);
  const cell = row.querySelector('.cdk-column-appointmentDate');
  if (!cell) return;
  let mark = cell.querySelector('.stand-in');
  if (!mark) { mark = document.createElement('span'); mark.className = 'stand-in'; cell.append(mark); }
  const label = code.length + '/' + due.length + '/' + status.length;
  if (mark.textContent !== label) mark.textContent = label;
}
function all() { for (const row of document.querySelectorAll(ROWS)) mount(row); }
`;

export const STAND_INS: Record<string, { label: string; script: string }> = {
  observer: {
    label: 'document-wide observer, full re-query',
    script: `${READ}
new MutationObserver(all).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
all();`,
  },
  poll: { label: 'one-second poll', script: `${READ} setInterval(all, 1000); all();` },
  floor: {
    label: 'bare read, nothing mounted (floor)',
    script: `${READ}
const wait = setInterval(() => {
  const rows = document.querySelectorAll(ROWS);
  if (rows.length === 0) return;
  clearInterval(wait);
  let sum = 0;
  for (const row of rows) for (const text of read(row)) sum += text.length;
  globalThis.standInSum = sum;
}, 100);`,
  },
};

/** Writes a stand-in as an unpacked extension. */
export function writeStandIn(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: `stand-in ${name}`,
    version: '1',
    content_scripts: [{ matches: ['http://localhost/*'], js: ['content.js'], run_at: 'document_idle' }],
    background: { service_worker: 'worker.js' },
  };
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(path, 'content.js'), STAND_INS[name]?.script ?? '');
  writeFileSync(join(path, 'worker.js'), '');
  return path;
}
