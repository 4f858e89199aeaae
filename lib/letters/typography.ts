const NBSP = '\u00a0';
/** A longer name must be able to break, or it runs out of its line. */
const LONGEST_KEPT = 40;
/** What XML 1.0 cannot hold (and other control characters): lone surrogates, non-characters. */
const NOT_XML = /[^\P{Cc}\n]|[\ufffe\uffff]|\p{Cs}/gu;

/**
 * Text as a letter may hold it: NFC, line ends as `\n`, no character that XML forbids, no spaces at either end. Idempotent.
 */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(NOT_XML, '')
    .normalize('NFC')
    .trim();
}

/** Keeps a short name, a place or a number on one line. */
export function together(text: string): string {
  return text.length > LONGEST_KEPT ? text : text.replace(/ /g, NBSP);
}

const UNIT_LEVEL = /(?:^|\s)((?:phường|xã|đặc khu|thị trấn|quận|huyện|thành phố|tỉnh|tp\.?)\s+\S.*)$/iu;

/** Keeps the proper name of a unit on one line ("xã Đức Trọng"), the rest may break before it. */
export function unitNameTogether(name: string): string {
  const tail = UNIT_LEVEL.exec(name)?.[1];
  return tail === undefined ? name : `${name.slice(0, name.length - tail.length)}${together(tail)}`;
}

/** Text that goes on in a sentence: without the full stop, comma or semicolon at its end. */
export function withoutStop(text: string): string {
  return text.trim().replace(/[\s.;,]+$/, '');
}
