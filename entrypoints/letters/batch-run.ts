import { type Zippable, zipSync } from 'fflate';
import type { Basis } from '../../lib/deadline/index.ts';
import {
  createMerger,
  fileNameOf,
  fillTemplate,
  type Letter,
  type LetterUnit,
  type Merger,
  type Template,
  toDocx,
  valuesOf,
} from '../../lib/letters/index.ts';
import { askLetterFactsOfHost } from '../../lib/platform/index.ts';
import type { LetterFacts } from '../../lib/schema/index.ts';
import { fullDate } from '../../lib/text/index.ts';
import { csvField } from '../../lib/ui/index.ts';
import { draftOfFacts, EMPTY_DRAFT, type LetterDraft } from './draft.ts';
import { refusalWords, type TemplateOption, templateOf } from './make.ts';
import { type Reading, readLetter } from './read.ts';

/** A dossier whose letter is to be made, without a person. */
export interface BatchTask {
  key: string;
  host: string;
  code: string;
  reasonId: string;
  reason: string;
  registered: number;
}

/** What came of one dossier. The file holds a person, the rest does not. */
export interface BatchOutcome {
  task: BatchTask;
  /** Empty when nothing was made. */
  file: string;
  bytes: Uint8Array | null;
  /** Why not, in words without a person. */
  problem: string;
  /** The page was not open: someone can mend that. */
  unread: boolean;
  letter: Letter | null;
  reading: Reading | null;
  /** For the register. */
  about: Pick<LetterFacts['record'], 'unit' | 'procedure'> | null;
}

export interface BatchResult {
  outcomes: BatchOutcome[];
  /** All letters as one document; null when there are none. */
  merged: Uint8Array | null;
  cancelled: boolean;
}

export interface BatchSettings {
  unit: LetterUnit;
  option: TemplateOption;
  basis: Basis;
  now: number;
  channel: LetterDraft['channel'];
}

export const UNREAD = 'không đọc được người nhận: mở trang danh sách có hồ sơ này';

type Filled = Pick<BatchOutcome, 'bytes' | 'letter' | 'reading' | 'about'>;

type Facts = LetterFacts | null;

/** Makes the letter of one dossier from what the page that shows it has said now; a text says why not. */
async function letterFor(
  task: BatchTask,
  asked: Promise<Facts>,
  template: Template,
  { unit, option, basis, now, channel }: BatchSettings,
  merger: Merger,
): Promise<Filled | string> {
  const facts = await asked;
  if (facts === null) return UNREAD;
  const { reasonId, reason, registered } = task;
  const draft: LetterDraft = { ...EMPTY_DRAFT, ...draftOfFacts(facts), reasonId, reason, channel };
  if (draft.to === '') return 'trang không cho biết tên chủ hồ sơ hay người được ủy quyền: soạn riêng';
  const reading = readLetter(draft, { unit, form: option.form, basis, now, registered });
  const { letter, faults } = reading;
  if (letter === null) return faults.map(({ message }) => message).join('; ');
  const filled = await fillTemplate(template, valuesOf(letter));
  if (!filled.ok) return refusalWords(filled);
  const bytes = toDocx(filled.letter);
  merger.add(filled.letter);
  return { bytes, letter, reading, about: facts.record };
}

/** A name that is not in use yet: the same code may stand on two hosts. */
function freeName(code: string, now: number, used: Set<string>): string {
  const base = fileNameOf(code, now);
  let name = `${base}.docx`;
  for (let i = 2; used.has(name); i++) name = `${base}_${i}.docx`;
  used.add(name);
  return name;
}

/** Lets the progress be drawn and the cancel button be pressed. A timer would wait 4 ms after every letter, longer than the letter takes. */
function breath(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Makes letters one after the other. What cannot be made is named, the rest goes on.
 * @param progress number of dossiers done; false cancels.
 * @throws when the template itself cannot be used.
 */
export async function runBatch(
  tasks: readonly BatchTask[],
  settings: BatchSettings,
  progress: (done: number) => boolean,
): Promise<BatchResult> {
  const template = await templateOf(settings.option);
  const merger = createMerger(template);
  const outcomes: BatchOutcome[] = [];
  const used = new Set<string>();
  let cancelled = false;
  // One ahead: a page takes about as long to answer as a letter takes to make.
  const ask = (task: BatchTask | undefined): Promise<Facts> =>
    task ? askLetterFactsOfHost(task.host, task.code).catch(() => null) : Promise.resolve(null);
  let ahead = ask(tasks[0]);
  for (const [i, task] of tasks.entries()) {
    if (!progress(outcomes.length)) {
      cancelled = true;
      break;
    }
    const asked = ahead;
    ahead = ask(tasks[i + 1]);
    const made = await letterFor(task, asked, template, settings, merger).catch((error: Error) => error.message);
    const nothing = { file: '', bytes: null, letter: null, reading: null, about: null };
    if (typeof made === 'string') outcomes.push({ task, ...nothing, problem: made, unread: made === UNREAD });
    else outcomes.push({ task, ...made, file: freeName(task.code, settings.now, used), problem: '', unread: false });
    await breath();
  }
  return { outcomes, merged: merger.count > 0 ? merger.finish() : null, cancelled };
}

/** All files in one .zip. They are packed already, so they are only put together. */
export function zipOf(outcomes: readonly BatchOutcome[]): Uint8Array {
  const files: Zippable = {};
  for (const { file, bytes } of outcomes) if (bytes) files[file] = [bytes, { level: 0 }];
  return zipSync(files);
}

const COLUMNS = ['Mã hồ sơ', 'Kết quả', 'Tệp', 'Ngày hẹn cũ', 'Ngày hẹn mới', 'Vì sao chưa soạn được'];

/** What became of each dossier, for the file: no person. */
export function resultCsv(outcomes: readonly BatchOutcome[]): string {
  const lines = outcomes.map(({ task, file, letter, problem }) => [
    task.code,
    letter ? 'đã soạn' : 'chưa soạn',
    file,
    letter ? fullDate(letter.ngayHenTraCu.at) : '',
    letter ? fullDate(letter.ngayHenTraMoi.at) : '',
    problem,
  ]);
  return `\ufeff${[COLUMNS, ...lines].map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}
