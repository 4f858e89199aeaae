import type { PageOfDossier } from '../../lib/platform/index.ts';
import { type Decision, decisionsOf, type Role, type SampleUnit } from '../../lib/sampling/index.ts';

export const DECISION_WORDS: Record<Decision, string> = {
  pass: 'Đạt',
  fail: 'Không đạt',
  unknown: 'Không kết luận được',
};

export const DECISION_MARKS: Record<Decision, string> = { pass: '✓', fail: '✕', unknown: '?' };

/** How far a dossier is; the worst decision shows. */
export type UnitState = 'open' | 'begun' | 'lost' | Decision;

export const STATE_WORDS: Record<UnitState, { sign: string; text: string; tone: string }> = {
  open: { sign: '○', text: 'chưa xem', tone: '' },
  begun: { sign: '◐', text: 'đang xem', tone: 'amber' },
  pass: { sign: '✓', text: 'đạt', tone: 'green' },
  fail: { sign: '✕', text: 'có mục không đạt', tone: 'red' },
  unknown: { sign: '?', text: 'có mục không kết luận được', tone: 'purple' },
  lost: { sign: '–', text: 'không mở được', tone: 'grey' },
};

/** State of a dossier by the decisions of one of the two. */
export function stateOf(unit: SampleUnit, role: Role): UnitState {
  if (unit.unavailable !== null) return 'lost';
  const decisions = Object.values(decisionsOf(unit, role));
  if (decisions.includes(null)) return decisions.every((decision) => decision === null) ? 'open' : 'begun';
  if (decisions.includes('fail')) return 'fail';
  return decisions.includes('unknown') ? 'unknown' : 'pass';
}

/** What could be read of the dossier in the open tabs, as a sentence with the next step. */
export function pageWords(page: PageOfDossier): string {
  return page.kind === 'detail' && page.record.components === undefined
    ? 'Đọc từ trang hồ sơ đang mở, nhưng trang chưa hiện giấy tờ: hãy mở thẻ «thành phần hồ sơ» ở đó.'
    : PAGE_WORDS[page.kind];
}

const PAGE_WORDS: Record<PageOfDossier['kind'], string> = {
  detail: 'Đọc từ trang hồ sơ đang mở.',
  list: 'Mới thấy hồ sơ trong một danh sách. Hãy mở trang chi tiết của hồ sơ để đọc được giấy tờ.',
  elsewhere: 'Hệ thống của Thành phố đang mở, nhưng không thẻ nào đang hiện hồ sơ này, hoặc trang ấy không đọc được.',
  paused: 'Tiện ích đang tạm dừng ở hệ thống này nên không đọc được trang.',
  silent: 'Thẻ của hệ thống đang mở nhưng tiện ích không chạy trong đó. Hãy tải lại trang ấy.',
  closed: 'Chưa mở hồ sơ này ở hệ thống của Thành phố.',
};
