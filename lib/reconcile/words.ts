import type { CauseId } from './causes.ts';
import { COMPARED_FIELDS, compareAll, pairsOf } from './fields.ts';
import type { FixId } from './fixes.ts';
import { type ReconcileRules, rulesAt, SHIPPED_RULES } from './rules.ts';
import { codeKey } from './same.ts';
import { type Difference, type DifferenceClass, SIDES, type Side, type SideRecord } from './types.ts';
import { FIELD_NAMES, fieldText, secondsText } from './values.ts';

/** Names and sentences for what is found. Text only; what a surface makes of them is its own business. */

const SIDE_NAMES: Record<Side, string> = {
  city: 'Hệ thống TTHC Thành phố',
  national: 'Cổng DVCQG',
  lgsp: 'LGSP-HCM',
};

const CLASS_NAMES: Record<DifferenceClass, string> = {
  'missing-national': 'Chưa có trên Cổng DVCQG',
  'missing-city': 'Chưa có trên hệ thống TTHC Thành phố',
  'missing-lgsp': 'Chưa có trên LGSP-HCM',
  status: 'Lệch trạng thái',
  'received-date': 'Lệch ngày tiếp nhận',
  'due-date': 'Lệch ngày hẹn trả',
  'finish-date': 'Lệch ngày kết thúc xử lý',
  procedure: 'Lệch mã thủ tục',
  'result-file': 'Lệch tệp kết quả',
  duplicate: 'Trùng hồ sơ',
  'code-alias': 'Một hồ sơ, nhiều mã',
  cosmetic: 'Khác do quy ước đồng bộ',
  'outside-system': 'Thuộc hệ thống chuyên ngành',
  stale: 'Đang chờ đồng bộ',
  unreadable: 'Chưa đọc được',
};

const CAUSE_NAMES: Record<CauseId, string> = {
  'pushed-as-9': 'Hệ thống gửi đổi trạng thái thành «9 – Đã xử lý xong» trước khi gửi',
  'never-sent': 'Hồ sơ chưa được gửi lên lần nào, hoặc lần gửi bị lỗi',
  'other-code': 'Hệ thống nhận ghi hồ sơ dưới mã khác (MaHoSoKhac)',
  'not-fetched': 'Hồ sơ nộp trên Cổng chưa được lấy về để tiếp nhận',
  'update-path': 'Lần gửi đầu đã nhận, lần cập nhật sau không được ghi («đã tồn tại»)',
  'unknown-status': 'Trạng thái gửi đi không có trong bảng 10 trạng thái (để trống, 0 hoặc 11)',
  'seven-hours': 'Lệch đúng 7 giờ: giờ Việt Nam bị ghi là giờ quốc tế (chữ Z), hoặc ngược lại',
  'day-month': 'Ngày và tháng bị đảo chỗ',
  'time-cut': 'Một bên mất giờ, chỉ còn 00:00',
  'result-not-sent': 'Có kết quả nhưng tệp chưa được gửi lên',
  'result-replaced': 'Bên nhận có tệp mà nơi giải quyết không có: có thể tệp đính kèm đầu tiên bị gửi thay cho kết quả',
  'procedure-local': 'Một bên dùng mã thủ tục riêng, không phải mã quốc gia',
  'two-codes': 'Hồ sơ được ghi hai lần, mỗi lần một mã',
  'shared-code': 'Hai hồ sơ khác nhau mang cùng một mã',
  'same-row-twice': 'Cùng một dòng có mặt hai lần',
};

const FIX_NAMES: Record<FixId, string> = {
  send: 'Gửi hồ sơ lên Cổng DVCQG.',
  'send-again': 'Gửi lại (cập nhật) hồ sơ theo hệ thống TTHC Thành phố.',
  'find-other-code': 'Mã không theo dạng quốc gia: tra trên Cổng DVCQG theo mã khác trước; không có mới gửi.',
  'take-in': 'Tra hồ sơ trên hệ thống TTHC Thành phố; nếu đúng là chưa có thì tiếp nhận từ Cổng DVCQG.',
  'ask-lgsp': 'Báo đơn vị vận hành LGSP-HCM kiểm tra gói tin của hồ sơ này.',
  'check-date': 'Đối chiếu với giấy tiếp nhận và hẹn trả kết quả, sửa ở hệ thống ghi sai rồi gửi lại.',
  'report-zone': 'Báo đơn vị vận hành kết nối sửa múi giờ; gửi lại từng hồ sơ không khắc phục được.',
  'report-date-order': 'Báo đơn vị vận hành kết nối sửa cách ghi ngày tháng; đối chiếu giấy hẹn trước khi sửa hồ sơ.',
  'report-time-cut': 'Gửi lại để có đủ giờ; nếu vẫn mất giờ thì báo đơn vị vận hành kết nối.',
  'report-status-table': 'Báo đơn vị vận hành bổ sung bảng chuyển trạng thái, rồi gửi lại.',
  'correct-procedure': 'Kiểm tra mã thủ tục đã công bố, sửa ở hệ thống ghi sai rồi gửi lại.',
  'attach-result': 'Đính kèm kết quả điện tử ở hệ thống TTHC Thành phố rồi gửi lại.',
  'check-result': 'Mở tệp kết quả trên bên nhận để xem có đúng là kết quả không; thay tệp nếu sai.',
  'withdraw-extra': 'Giữ bản ghi đúng, đề nghị đơn vị quản lý hệ thống hủy bản ghi thừa.',
  'separate-codes': 'Cấp lại mã cho một trong hai hồ sơ; không gửi lại trước khi tách mã.',
  'drop-row': 'Bỏ dòng lặp trong tệp; nếu dữ liệu lấy trực tiếp thì báo đơn vị quản lý hệ thống.',
  'record-code': 'Không phải lỗi. Ghi nhận cả hai mã khi tra cứu.',
  'none-expected': 'Không phải lỗi của đơn vị. Không cần làm gì.',
  'none-outside': 'Không phải lỗi. Tra hồ sơ trên hệ thống chuyên ngành.',
  wait: 'Chờ hết thời gian đồng bộ rồi đối soát lại.',
  'correct-row': 'Sửa dòng được nêu ở nguồn (hoặc tệp) rồi đối soát lại.',
  'run-again': 'Chạy tiếp lượt đối soát khi hệ thống trả lời được.',
};

const RULE_NAMES: Record<string, string> = {
  absent: 'Hệ thống được hỏi đã trả lời và không có hồ sơ này, dưới mọi mã đã biết.',
  'received-lately': 'Hồ sơ mới tiếp nhận, còn trong thời gian cho phép để đồng bộ.',
  'changed-lately': 'Hồ sơ mới thay đổi, còn trong thời gian cho phép để đồng bộ.',
  'unreadable-row': 'Dòng của hồ sơ này có ở nguồn nhưng không đọc được, nên không coi là thiếu.',
  'no-answer': 'Hệ thống không trả lời cho phần này, nên không coi là thiếu.',
  'several-rows': 'Một hệ thống có nhiều dòng của cùng một hồ sơ.',
  'joined-by-alias': 'Các mã được nối với nhau qua mã thứ hai mà hệ thống ghi.',
  'other-status': 'Trạng thái khác nhau, không phải cặp khác nhau đã biết trước.',
  'other-procedure': 'Phần số của mã thủ tục khác nhau (phần đuôi .000.00.00.Hnn không tính).',
  'other-result-file': 'Một bên có tệp kết quả, bên kia không có.',
  'other-day': 'Khác ngày (có bên chỉ ghi ngày, hoặc quy tắc so theo ngày).',
  'beyond-tolerance': 'Cách nhau quá mức cho phép.',
};

export const sideName = (side: Side): string => SIDE_NAMES[side];
export const className = (name: DifferenceClass): string => CLASS_NAMES[name];
/** Sentence of a known cause; an id of another version is shown as it is. */
export const causeName = (cause: string): string => (CAUSE_NAMES as Record<string, string>)[cause] ?? cause;
/** What to do, as a sentence. */
export const fixName = (fix: string): string => (FIX_NAMES as Record<string, string>)[fix] ?? fix;

/** What a rule says: a sentence of ours, or the label of an entry of the dated data or of the unit's own rules. */
export function ruleName(rule: string, rules?: ReconcileRules): string {
  const own = RULE_NAMES[rule];
  if (own !== undefined) return own;
  const files = [...(rules ? [rules] : []), ...SHIPPED_RULES];
  const entries = files.flatMap(({ cosmetic, outside }) => [...cosmetic, ...outside]);
  const entry = entries.find(({ id }) => id === rule);
  return entry === undefined ? rule : `${entry.label}.`;
}

/** One line of a dossier seen side by side. */
export interface RecordLine {
  field: string;
  values: Partial<Record<Side, string>>;
  differs: boolean;
}

const RULES = rulesAt(Number.MAX_SAFE_INTEGER);

/**
 * A dossier line by line, all systems side by side, the compared fields first.
 * @param rules decide what counts as different; the shipped ones when none are given.
 */
export function recordLines({ records }: Pick<Difference, 'records'>, rules: ReconcileRules = RULES): RecordLine[] {
  const pairs = pairsOf(records);
  const line = (field: string, tell: (record: SideRecord) => string | undefined, differs: boolean): RecordLine => ({
    field,
    values: Object.fromEntries(
      SIDES.flatMap((side) => {
        const text = records[side] && tell(records[side]);
        return text ? [[side, text]] : [];
      }),
    ),
    differs,
  });
  const codes = new Set(Object.values(records).map(({ code }) => codeKey(code)));
  return [
    line('Mã hồ sơ', ({ code }) => code, codes.size > 1),
    line('Mã khác', ({ aliases }) => aliases?.join(', '), false),
    ...COMPARED_FIELDS.map((field) =>
      line(FIELD_NAMES[field], (record) => fieldText(field, record), compareAll(field, pairs, rules) === 'different'),
    ),
    line('Đơn vị', ({ unit }) => unit, false),
    line('Cập nhật lúc', ({ updatedAt }) => (updatedAt === undefined ? undefined : secondsText(updatedAt)), false),
    line('Lấy từ', ({ at }) => at, false),
  ].filter(({ values }) => Object.keys(values).length > 0);
}
