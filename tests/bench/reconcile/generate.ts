import { closeSync, openSync, writeSync } from 'node:fs';
import type { Side } from '../../../lib/reconcile/engine/index.ts';

/**
 * Three files of one population, each in an order of its own, with 2.6 % of the dossiers different in ten ways: the same bytes for every
 * contestant, on every machine. CR LF, UTF-8, quoted units with commas and doubled quotes, times of day; one side writes codes in lower
 * case or with blanks behind them.
 */

const HEADER = 'ma_ho_so,trang_thai,ngay_tiep_nhan,han_tra,ngay_xong,thu_tuc,ket_qua,nguoi_nop,don_vi';

/** Ten ways to differ, each this many of 10,000 dossiers. */
const EACH = 26;
const WAYS = [
  'missing-national',
  'missing-lgsp',
  'missing-city',
  'status',
  'due',
  'finish',
  'procedure',
  'result',
  'duplicate',
  'received',
] as const;

const FIRST_DAY = Date.UTC(2026, 0, 1) / 1000;
const UNITS = ['Phường Bến Nghé', '"UBND phường ""Tân Định"", quận 1"', 'Xã Bình Hưng', '"Phường 12, quận 3"'];

const two = (n: number) => (n < 10 ? `0${n}` : String(n));

function mixed(n: number): number {
  let h = Math.imul(n ^ 0x5bd1e995, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const DAYS = Array.from({ length: 800 }, (_, n) =>
  new Date((FIRST_DAY + n * 86_400) * 1000).toISOString().slice(0, 10),
);

/** `yyyy-MM-dd HH:mm:ss` of a second of the period: wall clock. */
function text(second: number): string {
  const day = Math.floor(second / 86_400);
  const rest = second % 86_400;
  return `${DAYS[day]} ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** One row of a dossier on one side; empty when the side lacks it, two rows for a duplicate. */
function row(n: number, side: Side): string {
  const h = mixed(n);
  const share = mixed(n + 0x1000000) % 10_000;
  const way = share < EACH * WAYS.length ? WAYS[Math.floor(share / EACH)] : undefined;
  if (way === `missing-${side}`) return '';
  const changed = side === 'national' ? way : undefined;
  const day = n % 365;
  const prefix = `H29.${100 + (((n / 365) % 300) | 0)}`;
  const date = DAYS[day] as string;
  const sequence = String(Math.floor(n / (365 * 300)) + 1).padStart(6, '0');
  const plain = `${prefix}-${date.slice(2, 4)}${date.slice(5, 7)}${date.slice(8)}-${sequence}`;
  const code = side !== 'national' || h % 16 > 1 ? plain : h % 16 === 0 ? plain.toLowerCase() : `${plain} `;
  const received = day * 86_400 + 27_000 + (h % 34_000);
  const due = received + (1 + (h % 20)) * 86_400;
  const done = (h >>> 8) % 10 > 0;
  const finished = received + 3600 + ((h >>> 4) % 1_000_000);
  const status = done ? 10 : 4;
  const procedure = `1.${String(4000 + ((h >>> 3) % 900)).padStart(6, '0')}`;
  const line = [
    code,
    changed === 'status' ? 5 : status,
    text(changed === 'received' ? received + 3 : received),
    text(changed === 'due' ? due + 86_400 : due),
    done ? text(changed === 'finish' ? finished + 61 : finished) : changed === 'finish' ? text(finished) : '',
    changed === 'procedure' ? `1.009${procedure.slice(-3)}` : procedure,
    (done ? 1 : 0) ^ (changed === 'result' ? 1 : 0),
    h.toString(16).padStart(8, '0'),
    UNITS[h % 8 > 1 ? (h % 2) * 2 : 1 + (h % 2) * 2],
  ].join(',');
  return changed === 'duplicate' ? `${line}\r\n${line}\r\n` : `${line}\r\n`;
}

/** Writes one side; how many bytes. The order is a walk with a step that is prime to the number of rows. */
export function generate(path: string, side: Side, rows: number): number {
  const step = { city: 7_368_787, national: 8_675_309, lgsp: 15_485_863 }[side];
  const file = openSync(path, 'w');
  let bytes = 0;
  const put = (textToWrite: string) => {
    bytes += writeSync(file, textToWrite);
  };
  let pending = `${HEADER}\r\n`;
  let n = mixed(step) % rows;
  for (let i = 0; i < rows; i++) {
    n = (n + step) % rows;
    pending += row(n, side);
    if (pending.length > 1 << 20) {
      put(pending);
      pending = '';
    }
  }
  put(pending);
  closeSync(file);
  return bytes;
}
