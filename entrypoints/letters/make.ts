import {
  type DossierFacts,
  type FillResult,
  fieldByTag,
  fillTemplate,
  formInForce,
  LETTER_FIELDS,
  LETTER_FORMS,
  type LetterForm,
  type LetterUnit,
  letterOf,
  openTemplate,
  type TagValues,
  type Template,
  toDocx,
  valuesOf,
} from '../../lib/letters/index.ts';
import type { OwnTemplate } from '../../lib/platform/index.ts';
import { fullDate, isoOf, parseIsoDay, startOfDay } from '../../lib/text/index.ts';
import type { Reading } from './read.ts';

/** Addresses of the built-in templates by file name: files of the extension, never inlined (`connect-src 'self'`). */
const FILES = import.meta.glob<string>('../../lib/letters/templates/*.docx', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** A template that can be chosen. */
export interface TemplateOption {
  /** Id of a form, or of an own template. */
  id: string;
  label: string;
  /** Where its defaults (subject, apology) come from. */
  form: LetterForm;
  own: OwnTemplate | null;
}

const ended = (iso: string) => fullDate(startOfDay(parseIsoDay(iso) ?? 0));

/** Own templates first, then the built-in ones; those out of force say so. */
export function templateOptions(own: readonly OwnTemplate[], now: number): TemplateOption[] {
  const today = isoOf(now).slice(0, 10);
  const inForce = formInForce(today);
  const shipped = [inForce, ...LETTER_FORMS.filter(({ id }) => id !== inForce.id)].map((form) => ({
    id: form.id,
    label:
      form.effectiveTo !== null && form.effectiveTo < today
        ? `${form.label}, hết hiệu lực ${ended(form.effectiveTo)}`
        : form.label,
    form,
    own: null,
  }));
  const mine = own.map((template) => ({
    id: template.id,
    label: `${template.name} (mẫu của đơn vị)`,
    form: inForce,
    own: template,
  }));
  return [...shipped, ...mine];
}

/** The chosen template, or the one in force when that one is gone. */
export function optionOf(options: readonly TemplateOption[], id: string): TemplateOption {
  return options.find((option) => option.id === id) ?? (options[0] as TemplateOption);
}

/** The file of a template. @throws when it cannot be read. */
export async function bytesOf({ form, own }: TemplateOption): Promise<Uint8Array> {
  if (own) return own.bytes;
  const address = Object.entries(FILES).find(([path]) => path.endsWith(`/${form.file}`))?.[1];
  if (address === undefined) throw new Error('no such template');
  const response = await fetch(address);
  if (!response.ok) throw new Error('the template could not be read');
  return new Uint8Array(await response.arrayBuffer());
}

/** Opened once each: parsing costs more than filling. */
const opened = new Map<string, Promise<Template>>();

/** @throws ZipError, XmlError or TemplateError when a template cannot be used. */
export function templateOf(option: TemplateOption): Promise<Template> {
  const key = `${option.id} ${option.own?.addedAt ?? ''}`;
  const known = opened.get(key);
  if (known) return known;
  const template = bytesOf(option).then(openTemplate);
  opened.set(key, template);
  // A failure is not kept: the next attempt may do better.
  template.catch(() => opened.delete(key));
  return template;
}

export type Made = { ok: true; bytes: Uint8Array } | { ok: false; message: string };

const labels = (tags: readonly string[]) => tags.map((tag) => fieldByTag(tag)?.label ?? `{${tag}}`).join(', ');

/** Why a template was not filled, in words. */
export function refusalWords(result: Extract<FillResult, { ok: false }>): string {
  const { missing, unknown } = result;
  if (unknown.length > 0) return `Mẫu có thẻ không biết: ${labels(unknown)}. Hãy kiểm tra lại mẫu.`;
  return `Mẫu cần nội dung chưa có: ${labels(missing)}.`;
}

/** Values in a template, as a .docx. Never throws. */
export async function make(option: TemplateOption, values: TagValues): Promise<Made> {
  try {
    const filled = await fillTemplate(await templateOf(option), values);
    return filled.ok ? { ok: true, bytes: toDocx(filled.letter) } : { ok: false, message: refusalWords(filled) };
  } catch (error) {
    return { ok: false, message: `Không dùng được mẫu: ${(error as Error).message}` };
  }
}

/** Any moment that the model takes; it is covered by its mark. */
const AT = { at: 20_000_000, dayOnly: true };
const blank = (label: string) => `[chưa có: ${label}]`;

/**
 * Values for the preview of an unfinished letter: what is missing or wrong is named where it will stand. A letter that goes out is made
 * of `valuesOf` alone.
 */
export function previewValues({ letter, facts, choice, problems }: Reading, unit: LetterUnit): TagValues {
  if (letter) return valuesOf(letter);
  const bad = new Set(problems.map(({ field }) => field));
  const or = <T>(tag: string, value: T, other: T): T => (bad.has(tag) ? other : value);
  const full: DossierFacts = {
    code: or('maHoSo', facts.code, 'x'),
    procedureName: or('tenThuTuc', facts.procedureName, 'x'),
    receivedAt: or('ngayTiepNhan', facts.receivedAt, AT),
    dueAt: or('ngayHenTraCu', facts.dueAt, AT),
    statusText: or('tinhTrang', facts.statusText, 'x'),
    owner: {
      name: or('kinhGui', facts.owner?.name ?? '', 'x'),
      honorific: facts.owner?.honorific,
      organisation: facts.owner?.organisation,
      address: or('diaChi', facts.owner?.address, undefined),
      phone: or('soDienThoai', facts.owner?.phone, undefined),
    },
  };
  const { nguoiKy } = unit;
  const fullUnit: LetterUnit = {
    ...unit,
    coQuanChuQuan: or('coQuanChuQuan', unit.coQuanChuQuan, undefined),
    coQuanBanHanh: or('coQuanBanHanh', unit.coQuanBanHanh, 'x'),
    kyHieu: or('soKyHieu', unit.kyHieu, 'PXL'),
    diaDanh: or('diaDanhNgay', unit.diaDanh, 'x'),
    trichYeu: or('trichYeu', unit.trichYeu, 'x'),
    loiXinLoi: or('loiXinLoi', unit.loiXinLoi, 'x'),
    noiTra: or('noiTra', unit.noiTra, undefined),
    noiNhan: or('noiNhan', unit.noiNhan, ['x']),
    nguoiKy: {
      quyenHan: or('nguoiKy.quyenHan', nguoiKy?.quyenHan, undefined),
      chucVu: or('nguoiKy.chucVu', nguoiKy?.chucVu, 'x'),
      hoTen: or('nguoiKy.hoTen', nguoiKy?.hoTen, 'x'),
    },
  };
  const result = letterOf(full, fullUnit, {
    ...choice,
    reason: or('lyDo', choice.reason, 'x'),
    newDueAt: or('ngayHenTraMoi', choice.newDueAt, AT),
  });
  const marks = problems.flatMap(({ field }) => fieldByTag(field) ?? []);
  // Should even that not make a letter, every field is named.
  const all = result.ok ? marks : LETTER_FIELDS.filter(({ required }) => required);
  const named = all
    .filter(({ print }) => print !== false)
    .map(({ tag, label, item }) => [tag, item === undefined ? blank(label) : [{ [item]: blank(label) }]]);
  return { ...(result.ok ? valuesOf(result.letter) : {}), ...Object.fromEntries(named) };
}
