import { APOLOGY_RULE } from '../deadline/index.ts';
import type { LetterMoment } from './date-words.ts';
import { fieldByTag, type LetterForm } from './fields.ts';
import { Letter, type LetterChannel, type LetterUnit } from './model.ts';

/** A person or an organisation as the page shows it. */
export interface LetterParty {
  name: string;
  /** As given on the page ("Ông", "Bà"); never guessed from the name. */
  honorific?: string | undefined;
  organisation?: boolean | undefined;
  address?: string | undefined;
  phone?: string | undefined;
}

/** What the letter takes from the dossier's page at the moment of drafting. */
export interface DossierFacts {
  code?: string | undefined;
  procedureName?: string | undefined;
  receivedAt?: LetterMoment | undefined;
  dueAt?: LetterMoment | undefined;
  statusText?: string | undefined;
  /** Re-appointments that it has had already. */
  reappointments?: number | undefined;
  owner?: LetterParty | undefined;
  authorised?: LetterParty | undefined;
}

/** What the officer chooses for this letter. */
export interface LetterChoice {
  form: LetterForm;
  reason?: string | undefined;
  newDueAt?: LetterMoment | undefined;
  channel: LetterChannel;
  /** Instead of the status that the page shows. */
  status?: string | undefined;
}

export interface LetterProblem {
  /** Tag of the field (data/fields.json). */
  field: string;
  label: string;
  why: 'missing' | 'invalid' | 'second';
  message: string;
}

export type LetterResult = { ok: true; letter: Letter } | { ok: false; problems: LetterProblem[] };

const SOMEONE = 'Ông/Bà';

/** The party to whom a letter goes: the authorised person when there is one, else the owner. */
function recipientOf({ authorised, owner }: DossierFacts): LetterParty | undefined {
  return authorised?.name.trim() ? authorised : owner;
}

/** "Ông/Bà Nguyễn Văn A"; an organisation is written to by its name alone. */
function addresseeOf({ name, honorific, organisation }: LetterParty): string {
  const bare = name.trim();
  if (bare === '') return '';
  return organisation ? bare : `${honorific?.trim() || SOMEONE} ${bare}`;
}

/** "Bàn Cờ, ngày … tháng … năm …": the signer dates the letter. */
export function placeAndBlankDate(place: string): string {
  return `${place.trim()}, ngày\u00a0… tháng\u00a0… năm\u00a0…`;
}

export const BLANK_NUMBER_NOTE = 'Số, ký hiệu {soKyHieu}: số do văn thư cấp sau khi ký, không nhận từ dữ liệu';

function problemOf(field: string, why: LetterProblem['why'], detail?: string): LetterProblem {
  const label = fieldByTag(field)?.label ?? field;
  const words = {
    missing: `thiếu ${label}`,
    invalid: `${label}: giá trị không hợp lệ`,
    second: `đã hẹn lại một lần; mỗi hồ sơ chỉ được hẹn lại không quá ${APOLOGY_RULE.maxReappointments} lần`,
  };
  return { field, label, why, message: detail === undefined ? words[why] : `${label}: ${detail}` };
}

/** Blank text is no text: an empty settings field must be named as missing, not printed. */
const given = (text: string | undefined) => (text?.trim() ? text : undefined);

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Value at a path of an issue. */
function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

/** Checks raw data against the model; every fault names its field once. */
export function checkLetter(raw: Record<string, unknown>): LetterResult {
  const parsed = Letter.safeParse(raw);
  const problems = new Map<string, LetterProblem>();
  for (const { path } of parsed.error?.issues ?? []) {
    const field = [path.join('.'), String(path[0])].find((name) => fieldByTag(name)) ?? path.join('.');
    if (!problems.has(field))
      problems.set(field, problemOf(field, isEmpty(valueAt(raw, path)) ? 'missing' : 'invalid'));
  }
  if (Number(raw.lanHenLai) > APOLOGY_RULE.maxReappointments)
    problems.set('lanHenLai', problemOf('lanHenLai', 'second'));
  return problems.size > 0
    ? { ok: false, problems: [...problems.values()] }
    : { ok: true, letter: parsed.data as Letter };
}

/**
 * Builds the letter of a dossier. What is missing is named, nothing is left blank but the number and the day of signing.
 * The new date is not judged here: see `checkNewDate`.
 */
export function letterOf(facts: DossierFacts, unit: LetterUnit, choice: LetterChoice): LetterResult {
  const to = recipientOf(facts);
  const { nguoiKy = {}, diaDanh, kyHieu } = unit;
  return checkLetter({
    coQuanChuQuan: given(unit.coQuanChuQuan),
    coQuanBanHanh: given(unit.coQuanBanHanh),
    soKyHieu: `……/${kyHieu?.trim() || '…'}`,
    diaDanhNgay: given(diaDanh) && placeAndBlankDate(diaDanh as string),
    trichYeu: given(unit.trichYeu) ?? choice.form.trichYeu,
    kinhGui: to && given(addresseeOf(to)),
    diaChi: given(to?.address),
    soDienThoai: given(to?.phone),
    ngayTiepNhan: facts.receivedAt,
    tenThuTuc: given(facts.procedureName),
    maHoSo: given(facts.code),
    ngayHenTraCu: facts.dueAt,
    tinhTrang: given(choice.status) ?? given(facts.statusText),
    lyDo: given(choice.reason),
    loiXinLoi: given(unit.loiXinLoi) ?? choice.form.loiXinLoi,
    ngayHenTraMoi: choice.newDueAt,
    noiTra: given(unit.noiTra),
    lanHenLai: (facts.reappointments ?? 0) + 1,
    kenhGui: choice.channel,
    noiNhan: (unit.noiNhan ?? []).filter((line) => line.trim() !== ''),
    nguoiKy: { quyenHan: given(nguoiKy.quyenHan), chucVu: given(nguoiKy.chucVu), hoTen: given(nguoiKy.hoTen) },
  });
}
