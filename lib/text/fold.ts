const MARKS = /[\u0300-\u036f]/g;

/** NFC with every run of white space (non-breaking too) as one space, trimmed. */
export function clean(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/**
 * Vietnamese text for comparison: no tone or vowel marks, đ → d, lower case, single spaces, no colon or asterisk at
 * the end. "Ngày hẹn trả (*):" and "NGAY HEN TRA" meet here.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s:*()]+$/, '');
}
