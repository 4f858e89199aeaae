import { readCalendarFile, SHIPPED_CALENDAR } from '../../lib/calendar/index.ts';
import { isUnitFile } from '../../lib/deadline/index.ts';
import { type CatalogueFile, readCatalogueFile, SHIPPED_CATALOGUE } from '../../lib/digitization/index.ts';
import { parseIsoDay } from '../../lib/text/index.ts';
import { inForce } from './catalogue-force.ts';
import { dateWords } from './choice.ts';
import { type FileReader, megabyteWords, type Remark, refusal, refusalOf } from './file-review.ts';
import { withLayer } from './layers.tsx';

/** As many as the setting takes. */
const MOST_FILES = 20;
/** Chromium lets an extension keep 10 MB of settings; calendars and rules need their part. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What taking a file would change in what is in force. */
export interface CatalogueChange {
  added: number;
  /** Another entry than before is in force. */
  replaced: number;
  /** In the file and already in force word for word. */
  same: number;
  /** In the file, but a file above it says something else. */
  hidden: number;
  /** No longer in force: only the former version of this file had them. */
  gone: number;
}

export interface CatalogueContent {
  file: CatalogueFile;
  replaces: CatalogueFile | undefined;
  change: CatalogueChange;
}

type Force = ReturnType<typeof inForce>;

function changeOf(file: CatalogueFile, before: Force, after: Force): CatalogueChange {
  const change: CatalogueChange = { added: 0, replaced: 0, same: 0, hidden: 0, gone: 0 };
  for (const [code, { procedure }] of after) {
    const former = before.get(code);
    if (former === undefined) change.added++;
    else if (JSON.stringify(former.procedure) !== JSON.stringify(procedure)) change.replaced++;
    else if (file.procedures.some((one) => one === procedure)) change.same++;
  }
  change.hidden = file.procedures.filter(({ code }) => after.get(code)?.file !== file).length;
  for (const code of before.keys()) if (!after.has(code)) change.gone++;
  return change;
}

const lineOf = (text: string, field: string) => {
  const at = text.indexOf(`"${field}"`);
  return at < 0 ? 0 : text.slice(0, at).split('\n').length;
};

/** What an admin should know before taking a file that is well formed. */
function remarksOf(text: string, file: CatalogueFile, before: Force, after: Force, today: number): Remark[] {
  const warn = (line: number, words: string): Remark => ({ severity: 'warning', line, text: words });
  const from = file.effectiveFrom;
  const emptied = file.procedures.filter(
    ({ code, components }) =>
      components.length === 0 &&
      after.get(code)?.file === file &&
      (before.get(code)?.procedure.components.length ?? 0) > 0,
  );
  return [
    ...((parseIsoDay(from) ?? 0) > today
      ? [warn(lineOf(text, 'effectiveFrom'), `ghi áp dụng từ ${dateWords(from)}, nhưng sẽ dùng ngay từ lúc nhận`)]
      : []),
    ...emptied.map(({ code, name }) =>
      warn(
        lineOf(text, code),
        `${code} ${name}: mục này không ghi giấy tờ nào (components), nên giấy tờ đang có của thủ tục sẽ không còn được xét`,
      ),
    ),
    ...(file.procedures.length === 0 ? [warn(lineOf(text, 'procedures'), 'danh mục không có thủ tục nào')] : []),
  ];
}

/**
 * Reads catalogues of procedures.
 * @param files the imported catalogues that are there
 * @param today day number
 */
export function catalogueReader(files: readonly CatalogueFile[], today: number): FileReader<CatalogueContent> {
  return {
    megabytes: 5,
    read(text) {
      const reading = readCatalogueFile(text);
      if (!reading.ok) {
        const elsewhere = isUnitFile(text) ? 'bộ quy tắc' : readCalendarFile(text, SHIPPED_CALENDAR).ok ? 'lịch' : null;
        return elsewhere === null
          ? refusalOf(reading.problems)
          : refusal(`đây là ${elsewhere}; hãy nhận ở mục «Lịch làm việc»`);
      }
      const file = reading.catalogue;
      if (parseIsoDay(file.effectiveFrom) === null)
        return refusal(`effectiveFrom: «${file.effectiveFrom}» không phải ngày có thật`, lineOf(text, 'effectiveFrom'));
      const list = withLayer(files, file);
      if (list.length > MOST_FILES) return refusal(`đã có ${MOST_FILES} danh mục; hãy xoá bớt trước`);
      const size = new Blob([JSON.stringify(list)]).size;
      if (size > MOST_BYTES)
        return refusal(
          `cùng các danh mục đã nhận thành ${megabyteWords(size)}, trình duyệt chỉ giữ được ${megabyteWords(MOST_BYTES)}; hãy xoá bớt trước`,
        );
      const before = inForce([SHIPPED_CATALOGUE, ...files]);
      const after = inForce([SHIPPED_CATALOGUE, ...list]);
      return {
        remarks: remarksOf(text, file, before, after, today),
        content: {
          file,
          replaces: files.find(({ id }) => id === file.id),
          change: changeOf(file, before, after),
        },
      };
    },
  };
}
