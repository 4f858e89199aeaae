import {
  type FileFinding,
  findingsOf,
  LIMITS,
  type SignatureView,
  sameFiles,
  signatureViews,
  summaryText,
} from '../../lib/inspection/index.ts';
import type { Failure, Item } from './queue.ts';

/** What the page shows of a file, in words. */

export interface Look {
  tone: 'red' | 'amber' | 'green' | 'blue' | 'grey';
  /** Says the same as the colour. */
  shape: string;
  label: string;
}

const LOOKS = {
  error: { tone: 'red', shape: '✕', label: 'Có lỗi' },
  warn: { tone: 'amber', shape: '▲', label: 'Cần xem' },
  info: { tone: 'green', shape: '●', label: 'Không thấy lỗi' },
} as const satisfies Record<FileFinding['severity'], Look>;

const FAILURES: Record<Failure, string> = {
  'too-large': `Tệp lớn hơn ${LIMITS.fileBytes / 1024 / 1024} MB nên không kiểm tra`,
  unreadable: 'Không đọc được tệp: có thể là thư mục, hoặc tệp đã bị đổi hay xoá',
  crashed: 'Việc kiểm tra tệp này bị ngắt giữa chừng: tệp có thể bị hỏng hoặc cố ý gây lỗi',
  stuck: 'Hết thời gian kiểm tra tệp này',
  cancelled: 'Đã dừng theo yêu cầu',
};

export interface FileView {
  item: Item;
  look: Look;
  summary: string;
  /** The gravest first; signatures stand apart. */
  findings: FileFinding[];
  signatures: SignatureView[];
  /** What a folded card tells: the gravest thing; empty when there is none. */
  headline: string;
  /** That there are signatures, and what stays open about them: a sound one may still be anybody's. */
  signed: string;
  /** Numbers of the files with the same content. */
  same: number[];
}

/** A finding's shape and word, for the eye without colour and for the ear. */
export const severityLook = (severity: FileFinding['severity']): Look =>
  severity === 'info' ? { tone: 'grey', shape: '·', label: 'Thông tin' } : LOOKS[severity];

function bytesText(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024).toLocaleString('vi-VN')} MB`;
}

function viewOf(item: Item, same: number[]): FileView {
  const { state } = item;
  const bare = { item, summary: '', findings: [], signatures: [], headline: '', signed: '', same };
  if (state.kind === 'waiting') return { ...bare, look: { tone: 'grey', shape: '○', label: 'Đang chờ' } };
  if (state.kind === 'running') {
    const label = state.cancelling ? 'Đang dừng' : 'Đang kiểm tra';
    return { ...bare, look: { tone: 'blue', shape: '◔', label } };
  }
  if (state.kind === 'failed') {
    const stopped: Look = { tone: 'grey', shape: '■', label: 'Đã dừng' };
    const look = state.why === 'cancelled' ? stopped : { ...LOOKS.error, label: 'Không kiểm tra được' };
    const summary = state.why === 'too-large' ? bytesText(item.size) : '';
    return { ...bare, look, summary, headline: state.why === 'cancelled' ? '' : FAILURES[state.why] };
  }
  const { facts, at } = state;
  const all = findingsOf(facts, at);
  const findings = all.filter(({ code }) => code !== 'signature');
  const signatures = facts.pdf ? signatureViews(facts.pdf) : [];
  const chains = facts.pdf?.signatures.map(({ chain }) => chain) ?? [];
  const proven = chains.every((chain) => chain === 'trusted');
  const open = proven
    ? '; chuỗi chứng thư dẫn tới gốc tin cậy'
    : chains.includes('invalid')
      ? '; chuỗi chứng thư không hợp lệ'
      : '; không kiểm tra được chuỗi chứng thư';
  const signed = signatures.length > 0 ? `Có ${signatures.length} chữ ký số${open}` : '';
  const worst = all[0]?.severity ?? 'info';
  const told = [...signatures.map(({ severity, title }) => ({ severity, text: title })), ...findings];
  const headline = worst === 'info' ? '' : (told.find(({ severity }) => severity === worst)?.text ?? '');
  return { item, look: LOOKS[worst], summary: summaryText(facts), findings, signatures, headline, signed, same };
}

/** Every file of the session with its words, and with the files that are the same as it. */
export function viewsOf(items: readonly Item[]): FileView[] {
  const known = items.flatMap((item) => (item.state.kind === 'done' ? [{ item, facts: item.state.facts }] : []));
  const same = new Map<string, number[]>();
  for (const group of sameFiles(known.map(({ facts }) => facts))) {
    const members = group.flatMap((place) => known[place] ?? []);
    for (const { item } of members)
      same.set(
        item.id,
        members.filter((other) => other.item !== item).map((other) => other.item.number),
      );
  }
  return items.map((item) => viewOf(item, same.get(item.id) ?? []));
}

/** Groups of files with the same content, each once. */
export function sameGroups(views: readonly FileView[]): FileView[][] {
  return views
    .filter(({ item, same }) => same.length > 0 && same.every((other) => other > item.number))
    .map((first) => [first, ...views.filter(({ item }) => first.same.includes(item.number))]);
}

export const isBusy = ({ item: { state } }: FileView) => state.kind === 'waiting' || state.kind === 'running';

/** "2 có lỗi, 1 cần xem": how many files of each look, of those that are through. */
export function tally(views: readonly FileView[]): string {
  const counts = new Map<string, number>();
  for (const view of views) if (!isBusy(view)) counts.set(view.look.label, (counts.get(view.look.label) ?? 0) + 1);
  return [...counts].map(([label, count]) => `${count} ${label.toLowerCase()}`).join(', ');
}
