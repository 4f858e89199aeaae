import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CatalogueFile, type CatalogueProcedure } from '../lib/digitization/schema.ts';
import { problemText, readJson } from '../lib/json/index.ts';
import { fold } from '../lib/text/index.ts';
import { ROOT, run } from './run.ts';

/**
 * Makes the shipped catalogue from a table of procedures: `node scripts/catalogue.ts TABLE.json`. Only what the product reads is
 * kept; words become the codes that a program compares. What it does not know stops it: a table with a new kind of
 * paper must be looked at, not guessed at.
 */

interface SourceLimit {
  value: number | null;
  unit: string;
  text?: string;
  unitInferred?: boolean;
  cases?: { case: string; value: number; unit: string; sameDayCutoff?: string }[];
  extension?: { value: number; unit: string; when: string; mode: string };
}

interface SourceComponent {
  name: string;
  kind: string;
  required: boolean;
  mustDigitize: boolean;
  condition?: string;
  oneOf?: string;
  channel?: string[];
  note?: string;
  basis?: string;
}

interface SourceProcedure {
  code: string;
  name: string;
  field: string;
  limit: SourceLimit;
  sameDayCutoff?: string;
  intakeCutoff?: { time: string; effect: string };
  components: SourceComponent[];
  results: { name: string; code?: string }[];
  fee: boolean | null;
  confidence: string;
  basis: Record<string, string>;
  source: string[];
  legal?: string;
  stale?: string;
}

interface SourceTable {
  about: { compiled: string; sources: Record<string, string>; warnings: string[] };
  procedures: SourceProcedure[];
}

function codeIn(table: Record<string, string>, word: string, where: string): string {
  const code = table[word];
  if (code === undefined) throw new Error(`${where}: không biết «${word}»`);
  return code;
}

const UNITS = {
  'ngày làm việc': 'workday',
  ngày: 'calendarDay',
  giờ: 'hour',
  'trong ngày': 'sameDay',
  tháng: 'month',
  khác: 'other',
};
const KINDS = {
  'bản chính': 'original',
  'bản sao': 'copy',
  'bản sao chứng thực': 'certified',
  'xuất trình': 'shown',
  'dữ liệu điện tử': 'data',
};
const CHANNELS = { trucTiep: 'counter', trucTuyen: 'online', buuChinh: 'post' };
const MODES = { 'thay thế': 'replace', 'cộng thêm': 'add' };
const BASIS = {
  verified: 'verified',
  general: 'general',
  conflict: 'conflict',
  missing: 'missing',
  'topic-only': 'topic',
};

/** Channels that a condition names, when it names only channels. */
function channelsOf({ condition = '', channel }: SourceComponent, where: string): string[] | undefined {
  if (channel) return channel.map((one) => codeIn(CHANNELS, one, where));
  const words = fold(condition);
  const found = [
    ...(words.includes('nop truc tiep') ? ['counter'] : []),
    ...(words.includes('nop truc tuyen') ? ['online'] : []),
    ...(words.includes('buu chinh') ? ['post'] : []),
  ];
  return found.length > 0 ? found : undefined;
}

const WHEN: readonly (readonly [kind: string, words: RegExp])[] = [
  ['channel', /^(?:nop truc tuyen|nop truc tiep hoac qua buu chinh|nop qua don vi buu chinh)$/],
  ['proxy', /uy quyen|nguoi dai dien/],
  ['data', /khai thac duoc|tra cuu|thay bang du lieu|co so du lieu|csdl|khong ke khai so dinh danh|ghi 0 ban/],
  ['instead', /^khong co /],
  ['any', /^neu co$/],
];

function conditionOf({ condition }: SourceComponent): { when: string; text: string } | undefined {
  if (condition === undefined) return undefined;
  const words = fold(condition);
  return { when: WHEN.find(([, pattern]) => pattern.test(words))?.[0] ?? 'case', text: condition };
}

const waived = ({ note = '' }: SourceComponent) => /^không phải nộp (?:giấy )?nếu đã có dữ liệu điện tử/.test(note);

/** Leaves out what is undefined, so that the file has no empty names. */
const lean = (value: object) => JSON.parse(JSON.stringify(value)) as object;

function componentFrom(component: SourceComponent, code: string): object {
  const where = `${code}: ${component.name}`;
  return lean({
    name: component.name,
    kind: codeIn(KINDS, component.kind, where),
    required: component.required || undefined,
    condition: conditionOf(component),
    channel: channelsOf(component, where),
    oneOf: component.oneOf,
    mustDigitize: component.mustDigitize || undefined,
    dataMayReplace: waived(component) || undefined,
    general: component.basis === 'general' || undefined,
  });
}

function limitFrom(limit: SourceLimit, code: string): object {
  const unit = (word: string) => codeIn(UNITS, word, code);
  return lean({
    value: limit.value,
    unit: unit(limit.unit),
    text: limit.text,
    inferred: limit.unitInferred,
    cases: limit.cases?.map((one) => ({ ...one, unit: unit(one.unit) })),
    extension: limit.extension && {
      value: limit.extension.value,
      unit: unit(limit.extension.unit),
      when: limit.extension.when,
      mode: codeIn(MODES, limit.extension.mode, code),
    },
  });
}

/** The letter of each source in the table's own list; K for what nobody read anywhere. */
function lettersOf(sources: readonly string[], known: Record<string, string>, code: string): string[] {
  const letters = sources.map((source) => {
    if (source === 'kiến thức chung') return 'K';
    const head = (text: string) => text.split(/[ :]/).slice(0, 2).join(' ').slice(0, 60);
    const letter = Object.keys(known).find((one) => head(known[one] as string) === head(source));
    if (letter === undefined) throw new Error(`${code}: không biết nguồn «${source}»`);
    return letter;
  });
  return [...new Set(letters)];
}

export function catalogueFrom({ about, procedures }: SourceTable): CatalogueFile {
  return {
    id: 'phuong-xa',
    version: '2026-09',
    effectiveFrom: '2026-07-01',
    label: 'Thủ tục thường gặp ở phường, xã',
    source: `${about.compiled}. ${about.warnings.slice(0, 2).join(' ')}`,
    sources: { ...about.sources, K: 'kiến thức chung, chưa đối chiếu' },
    procedures: procedures.map((procedure): CatalogueProcedure => {
      const { code } = procedure;
      return lean({
        code,
        name: procedure.name,
        field: procedure.field,
        limit: limitFrom(procedure.limit, code),
        sameDayCutoff: procedure.sameDayCutoff,
        intakeCutoff: procedure.intakeCutoff,
        components: procedure.components.map((component) => componentFrom(component, code)),
        results: procedure.results,
        fee: procedure.fee,
        confidence: procedure.confidence,
        basis: Object.fromEntries(
          Object.entries(procedure.basis).map(([part, word]) => [part, codeIn(BASIS, word, code)]),
        ),
        source: lettersOf(procedure.source, about.sources, code),
        legal: procedure.legal,
        stale: procedure.stale,
      }) as CatalogueProcedure;
    }),
  };
}

if (import.meta.main) {
  const [table] = process.argv.slice(2);
  if (table === undefined) throw new Error('thiếu bảng thủ tục: node scripts/catalogue.ts TABLE.json');
  const catalogue = catalogueFrom(JSON.parse(readFileSync(table, 'utf8')) as SourceTable);
  const target = join(ROOT, 'lib/digitization/catalogue', `${catalogue.id}-${catalogue.version}.json`);
  const checked = readJson(JSON.stringify(catalogue, null, 1), CatalogueFile);
  if (!checked.ok) throw new Error(checked.problems.map((problem) => problemText(table, problem)).join('\n'));
  writeFileSync(target, `${JSON.stringify(catalogue, null, 2)}\n`);
  const formatted = await run(join(ROOT, 'node_modules/.bin/biome'), ['format', '--write', target]);
  if (formatted.code !== 0) throw new Error(formatted.output);
  console.log(`${relative(ROOT, target)}: ${catalogue.procedures.length} thủ tục`);
}
