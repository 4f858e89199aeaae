import { longMoment } from '../../lib/ui/index.ts';
import type { Answer } from './answer.ts';
import type { Way } from './ways.ts';

const block = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `- ${line}`)];

const wayLine = ({ name, due, difference, own }: Way) =>
  `${name}${own ? ' (cách của đơn vị)' : ''}: ${due === null ? 'chưa có hạn' : longMoment(due)}${own || difference === '' ? '' : `, ${difference}`}`;

/** The whole explanation as plain text for the clipboard: dates and rules, no person. */
export function answerText(answer: Answer): string {
  const { facts, headline, problem, next, policy, policyNotes, warnings, steps, apology, ways, system, sources } =
    answer;
  return [
    'Đúng Hẹn: thử tính hạn',
    ...facts,
    '',
    problem === null ? `Hạn trả kết quả: ${headline}` : `Chưa có hạn trả: ${headline}. ${next}`,
    ...warnings,
    ...block(`Cách đếm của đơn vị: ${policy}`, policyNotes),
    '',
    'Đếm từng bước:',
    ...steps.map((step, i) => `${i + 1}. ${step}`),
    ...(system ? block(`So với ngày hẹn của hệ thống: ${system.verdict}`, system.lines) : []),
    ...block(
      'Nếu không kịp, thư xin lỗi:',
      (apology?.rows ?? []).map(({ name, at, state }) => `${name}: ${at}${state && ` (${state})`}`),
    ),
    ...block('Đếm theo cách khác:', ways.policies.map(wayLine)),
    ...block('Nếu tính việc bổ sung theo cách khác:', ways.supplements.map(wayLine)),
    '',
    ...sources,
  ].join('\n');
}
