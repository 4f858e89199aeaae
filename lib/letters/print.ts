import { momentInWords } from './date-words.ts';
import { LETTER_FIELDS } from './fields.ts';
import { CHANNEL_NAMES, type Letter } from './model.ts';
import { together, unitNameTogether, withoutStop } from './typography.ts';

/** Value of a tag: text, the items of a list, or undefined when there is none. */
export type TagValue = string | readonly Readonly<Record<string, string>>[] | undefined;
export type TagValues = Readonly<Record<string, TagValue>>;

/** How the text of a tag is set: names, dates and codes with spaces that do not break; no stop where the template has one. */
const SET: Readonly<Record<string, (text: string) => string>> = {
  coQuanChuQuan: unitNameTogether,
  coQuanBanHanh: unitNameTogether,
  kinhGui: together,
  soDienThoai: together,
  maHoSo: together,
  lyDo: withoutStop,
  noiTra: (text) => unitNameTogether(withoutStop(text)),
  'nguoiKy.quyenHan': together,
  'nguoiKy.chucVu': together,
  'nguoiKy.hoTen': together,
};

/** Text of a tag as it is to be printed. */
export function setText(tag: string, text: string): string {
  return SET[tag]?.(text) ?? text;
}

/** Lines end with a semicolon and the last with a full stop (NĐ 30/2020/NĐ-CP, Phụ lục I). */
export function setList(item: string, lines: readonly string[]): readonly Record<string, string>[] {
  return lines.map((line, i) => ({ [item]: `${withoutStop(line)}${i === lines.length - 1 ? '.' : ';'}` }));
}

/** The tags of a letter, as printed: dates in words. */
export function valuesOf(letter: Letter): TagValues {
  const { nguoiKy, noiNhan, ngayTiepNhan, ngayHenTraCu, ngayHenTraMoi, lanHenLai, kenhGui, ...texts } = letter;
  const signer = Object.entries(nguoiKy).map(([key, text]) => [`nguoiKy.${key}`, text] as const);
  const all = [...Object.entries(texts), ...signer].filter(([, text]) => text !== undefined);
  return {
    ...Object.fromEntries(all.map(([tag, text]) => [tag, setText(tag, text as string)])),
    ngayTiepNhan: momentInWords(ngayTiepNhan),
    ngayHenTraCu: momentInWords(ngayHenTraCu),
    ngayHenTraMoi: momentInWords(ngayHenTraMoi),
    lanHenLai: String(lanHenLai),
    kenhGui: CHANNEL_NAMES[kenhGui],
    noiNhan: setList('ten', noiNhan),
  };
}

/** Invented values for a trial print of a template. */
export function sampleValues(): TagValues {
  return Object.fromEntries(
    LETTER_FIELDS.map(({ tag, item, sample }) => [
      tag,
      item === undefined ? setText(tag, sample) : setList(item, sample.split('\n')),
    ]),
  );
}
