import { coverage, isWorkingDay, type WorkTable } from '../calendar/index.ts';
import { APOLOGY_RULE } from '../deadline/index.ts';
import { dayOf, fold, fullDate, parseWholeMoment } from '../text/index.ts';
import { momentInWords } from './date-words.ts';
import { fieldByTag, LETTER_FIELDS, type LetterForm } from './fields.ts';
import { BLANK_NUMBER_NOTE, placeAndBlankDate } from './letter.ts';
import { CHANNEL_NAMES, isBlankNumber, type LetterUnit } from './model.ts';
import { setList, setText, type TagValue, type TagValues } from './print.ts';
import { tidy } from './typography.ts';

/** Rows of a file (a spreadsheet, NDJSON) as values of a template's tags: what somebody else has decided, checked again. */
export interface RowSource {
  unit: LetterUnit;
  form: LetterForm;
  table: WorkTable;
}

export interface RowValues {
  /** By tag; columns that are no field of a letter stay under their own name. */
  values: TagValues;
  /** In words; the letter must not be made when there is any. */
  problems: string[];
}

const tagByLabel = new Map(LETTER_FIELDS.map(({ tag, label }) => [fold(label), tag]));

/** The field that a column means, by its tag or its label ("Mã hồ sơ", "MA HO SO"); else the name of the column. */
export function tagOfColumn(column: string): string {
  const name = tidy(column);
  return fieldByTag(name) ? name : (tagByLabel.get(fold(name)) ?? name);
}

function textOf(value: unknown): string {
  if (value instanceof Date) {
    // A spreadsheet's date has no zone; the reader gives its wall clock as UTC.
    const iso = value.toISOString();
    return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : iso.slice(0, 16);
  }
  return value === null || value === undefined ? '' : tidy(String(value));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** `{nguoiKy: {hoTen}}` → `nguoiKy.hoTen`; every name as its column means it. Blank cells are left out. */
function flatten(raw: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string | string[]> {
  const flat = new Map<string, string | string[]>();
  for (const [key, value] of Object.entries(raw)) {
    const name = `${prefix}${key}`;
    if (isPlain(value)) for (const [inner, text] of flatten(value, `${name}.`)) flat.set(inner, text);
    const text = Array.isArray(value) ? value.map(textOf).filter(Boolean) : isPlain(value) ? '' : textOf(value);
    if (text.length === 0) continue;
    flat.set(tidy(name), text);
    flat.set(tagOfColumn(name), text);
  }
  return flat;
}

const IN_WORDS = /ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}$/iu;

/** Defaults of the unit and the form, for what a row does not say. */
function defaultsOf(
  { unit, form }: RowSource,
  given: ReadonlyMap<string, string | string[]>,
): [string, string | string[] | undefined][] {
  const place = given.get('diaDanh') ?? unit.diaDanh;
  return [
    ['coQuanChuQuan', unit.coQuanChuQuan],
    ['coQuanBanHanh', unit.coQuanBanHanh],
    ['soKyHieu', `……/${given.get('kyHieu') ?? unit.kyHieu ?? '…'}`],
    ['diaDanhNgay', typeof place === 'string' ? placeAndBlankDate(place) : undefined],
    ['trichYeu', unit.trichYeu ?? form.trichYeu],
    ['loiXinLoi', unit.loiXinLoi ?? form.loiXinLoi],
    ['noiTra', unit.noiTra],
    ['noiNhan', unit.noiNhan],
    ['nguoiKy.quyenHan', unit.nguoiKy?.quyenHan],
    ['nguoiKy.chucVu', unit.nguoiKy?.chucVu],
    ['nguoiKy.hoTen', unit.nguoiKy?.hoTen],
    ['lanHenLai', '1'],
    ['kenhGui', CHANNEL_NAMES.paper],
  ];
}

function tagValue(tag: string, given: string | string[], problems: string[], moments: Map<string, number>): TagValue {
  const field = fieldByTag(tag);
  if (field?.item !== undefined) {
    const lines = Array.isArray(given) ? given : given.split(/[\n;]/);
    return setList(field.item, lines.map((line) => line.trim().replace(/^-\s*/, '')).filter(Boolean));
  }
  const text = Array.isArray(given) ? given.join(', ') : given;
  if (field?.kind !== 'moment') return setText(tag, text);
  const moment = parseWholeMoment(text);
  if (moment) {
    moments.set(tag, moment.minute);
    return momentInWords({ at: moment.minute, dayOnly: moment.dayOnly });
  }
  if (!IN_WORDS.test(text)) problems.push(`${field.label} {${tag}}: không phải ngày: ${text}`);
  return text;
}

/** The rules that do not depend on today: a file may be printed again on any day. */
function dateProblems(moments: ReadonlyMap<string, number>, table: WorkTable): string[] {
  const next = moments.get('ngayHenTraMoi');
  const old = moments.get('ngayHenTraCu');
  if (next === undefined) return [];
  const problems: string[] = [];
  if (old !== undefined && dayOf(next) <= dayOf(old))
    problems.push(`ngày hẹn trả lại ${fullDate(next)} không sau ngày hẹn cũ ${fullDate(old)}`);
  if (coverage(table, next, next) !== 'none' && !isWorkingDay(table, dayOf(next)))
    problems.push(`ngày hẹn trả lại ${fullDate(next)} là ngày nghỉ`);
  return problems;
}

/** Makes a row ready to be filled in. Whether a template finds all that it needs is for `fillTemplate` to say. */
export function rowValues(raw: Readonly<Record<string, unknown>>, source: RowSource): RowValues {
  const given = flatten(raw);
  const problems: string[] = [];
  if (given.has('soKyHieu') && !isBlankNumber(String(given.get('soKyHieu')))) problems.push(BLANK_NUMBER_NOTE);
  for (const [tag, text] of defaultsOf(source, given)) if (!given.has(tag) && text?.length) given.set(tag, text);
  const moments = new Map<string, number>();
  const values: Record<string, TagValue> = {};
  for (const [tag, text] of given) values[tag] = tagValue(tag, text, problems, moments);
  problems.push(...dateProblems(moments, source.table));
  const times = Number(given.get('lanHenLai'));
  if (times > APOLOGY_RULE.maxReappointments) problems.push(`hẹn lại lần ${times}: chỉ được hẹn lại không quá một lần`);
  return { values, problems };
}
