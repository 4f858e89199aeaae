import { type CheckResult, INDICATORS } from './checks.ts';
import type { Channel, CheckReason, PaperReason, PaperRow, VerdictNote } from './reasons.ts';

/** Vietnamese sentences of the structured reasons. Text only; what a surface makes of them is its own business. */

const CHANNEL_NAMES: Record<Channel, string> = { counter: 'trực tiếp', online: 'trực tuyến', post: 'bưu chính' };
const channels = (list: readonly Channel[]) => list.map((one) => CHANNEL_NAMES[one]).join(' hoặc ');
const quoted = (names: readonly string[]) => names.map((name) => `«${name}»`).join(', ');

const STATED: Record<string, string> = {
  digitized: 'Hệ thống ghi là đã số hóa.',
  reused: 'Hệ thống ghi là tái sử dụng giấy tờ đã có.',
  'not-applicable': 'Hệ thống ghi là không áp dụng.',
  present: 'Hệ thống ghi là đã có.',
};

/** Name of a state of a paper. */
export const STATE_NAMES: Record<PaperRow['state'], string> = {
  missing: 'thiếu',
  present: 'đã có',
  digitized: 'đã số hóa',
  reused: 'tái sử dụng',
  'not-applicable': 'không cần',
  unknown: 'không chắc',
};

/** Why a paper is in its state, as one sentence. */
export function reasonText(why: PaperReason): string {
  switch (why.kind) {
    case 'heading':
      return 'Dòng tiêu đề của nhóm, không phải giấy tờ.';
    case 'note':
      return 'Dòng ghi chú (không yêu cầu bản nào), không phải giấy tờ.';
    case 'add-row':
      return 'Dòng để thêm giấy tờ.';
    case 'has-file':
      return `Có ${why.files} tệp.`;
    case 'stated':
      return STATED[why.state] ?? 'Theo ghi nhận của hệ thống.';
    case 'covered':
      return `Tệp nằm ở dòng «${why.by}».`;
    case 'maybe-covered':
      return `Dòng này chưa có tệp, nhưng dòng ${quoted(why.by)} có tên gần giống và có tệp: cần mở xem.`;
    case 'same-scan':
      return `Tệp cùng kích thước và cùng loại với tệp của ${quoted(why.with)}: có thể là một bản quét dùng chung.`;
    case 'required-empty':
      return 'Giấy tờ phải có theo danh mục, dòng này chưa có tệp.';
    case 'one-of-empty':
      return why.of.length > 1
        ? `Cần một trong các giấy tờ: ${quoted(why.of)}; chưa giấy nào có tệp.`
        : 'Giấy tờ phải có theo danh mục, dòng này chưa có tệp.';
    case 'alternative-given':
      return `Đã có giấy tờ thay thế: «${why.by}».`;
    case 'shown-only':
      return 'Giấy tờ chỉ xuất trình để đối chiếu, không phải nộp.';
    case 'electronic-data':
      return 'Là dữ liệu điện tử, không phải giấy tờ nộp kèm tệp.';
    case 'other-channel':
      return `Chỉ áp dụng khi nộp ${channels(why.only)}; hồ sơ này nộp ${CHANNEL_NAMES[why.channel]}.`;
    case 'channel-unknown':
      return `Tùy kênh nộp (${channels(why.only)}), mà trang không cho biết hồ sơ nộp qua kênh nào.`;
    case 'condition':
      return `Chỉ cần trong trường hợp: ${why.text}. Trang không cho biết có thuộc trường hợp này không.`;
    case 'data-may-replace':
      return 'Không phải nộp nếu cơ quan đã có dữ liệu điện tử; trang không cho biết đã có hay chưa.';
    case 'not-listed':
      return why.others > 0
        ? `Trang không có dòng nào mang tên này; ${why.others} dòng có tệp mang tên mà danh mục không có.`
        : 'Trang không có dòng nào mang tên này.';
    case 'repeated':
      return `Cùng giấy tờ «${why.of}» ở một dòng khác.`;
    case 'not-in-catalogue':
      return 'Danh mục của thủ tục không có giấy tờ này và trang không đánh dấu bắt buộc.';
    case 'page-required':
      return 'Trang đánh dấu bắt buộc, dòng này chưa có tệp.';
    case 'page-conditional':
      return 'Tên dòng cho biết chỉ cần trong một số trường hợp; trang không cho biết có thuộc trường hợp đó không.';
    case 'page-contradicts':
      return 'Danh mục ghi là phải có, còn trang ghi là chỉ cần trong một số trường hợp.';
    case 'page-optional':
      return 'Không được đánh dấu bắt buộc.';
    case 'page-unmarked':
      return 'Trang không đánh dấu giấy tờ nào là bắt buộc, nên không rõ dòng này có phải nộp không.';
  }
}

/** What else is to be known about a verdict, as one sentence. */
export function noteText(note: VerdictNote): string {
  switch (note.kind) {
    case 'not-read':
      return 'Chưa đọc được thành phần hồ sơ: mở trang chi tiết, thẻ thành phần hồ sơ.';
    case 'no-papers':
      return 'Bảng thành phần hồ sơ không có giấy tờ nào.';
    case 'no-procedure':
      return 'Trang không cho biết thủ tục, nên chỉ xét theo dấu bắt buộc trên trang.';
    case 'not-in-catalogue':
      return `Thủ tục «${note.code}» chưa có trong danh mục, nên chỉ xét theo dấu bắt buộc trên trang.`;
    case 'nothing-in-catalogue':
      return `Danh mục chưa chép thành phần hồ sơ của thủ tục ${note.code}, nên chỉ xét theo dấu bắt buộc trên trang.`;
    case 'not-borne-out':
      return `Tên thủ tục giống thủ tục ${note.code} nhưng bảng giấy tờ trên trang khác danh mục, nên chỉ xét theo dấu bắt buộc trên trang.`;
    case 'page-marks-nothing':
      return 'Trang không đánh dấu giấy tờ nào là bắt buộc.';
    case 'cannot-tell':
      return `Không kết luận được về: ${quoted(note.papers)}.`;
    case 'general-knowledge':
      return `Thành phần hồ sơ của thủ tục ${note.code} trong danh mục theo kiến thức chung, chưa đối chiếu.`;
    case 'stale':
      return `Mục này của danh mục có thể đã cũ: ${note.text}.`;
    case 'one-scan':
      return `Có thể dùng chung một bản quét: ${quoted(note.papers)}.`;
  }
}

const NOT_READ: Record<Extract<CheckReason, { kind: 'not-read' }>['what'], string> = {
  components: 'chưa đọc được thành phần hồ sơ',
  results: 'nguồn dữ liệu này không cho biết tệp kết quả',
  marks: 'nguồn dữ liệu này không cho biết dấu số hóa',
  fee: 'nguồn dữ liệu này không cho biết mức phí, lệ phí',
  payment: 'nguồn dữ liệu này không cho biết cách thanh toán',
  supplements: 'nguồn dữ liệu này không cho biết số lần yêu cầu bổ sung',
  status: 'không rõ trạng thái hồ sơ',
  received: 'không đọc được ngày tiếp nhận, nên không rõ có hay không',
  sizes: 'trang không cho biết đủ kích thước và loại của các tệp',
};

/** Why a check came out as it did, as one sentence. */
export function checkText({ why }: CheckResult): string {
  switch (why.kind) {
    case 'ok':
      return 'Đạt.';
    case 'no-file':
      return 'Không có tệp giấy tờ nào.';
    case 'not-read':
      return `Không kiểm tra được: ${NOT_READ[why.what]}.`;
    case 'not-ended':
      return 'Chưa xét: hồ sơ chưa xử lý xong.';
    case 'not-received-yet':
      return 'Chưa xét: hồ sơ chưa được tiếp nhận.';
    case 'no-paper-result':
      return 'Không xét: thủ tục không trả kết quả bằng giấy tờ.';
    case 'no-result-file':
      return 'Hồ sơ đã xong nhưng không có tệp kết quả.';
    case 'result-is-component':
      return 'Tệp kết quả cùng kích thước và loại với một tệp thành phần hồ sơ: có thể đính nhầm.';
    case 'nothing-marked':
      return 'Không thành phần nào được đánh dấu số hóa hoặc tái sử dụng.';
    case 'marked-without-file':
      return 'Ghi là đã số hóa nhưng không có tệp.';
    case 'file-without-mark':
      return 'Có tệp nhưng ghi là chưa số hóa.';
    case 'no-received-date':
      return 'Không có ngày tiếp nhận.';
    case 'supplements':
      return `Đã yêu cầu bổ sung ${why.count} lần (quá ${why.most} lần thì tính là trễ hạn).`;
    case 'no-fee':
      return 'Không xét: hồ sơ không thu phí, lệ phí.';
    case 'not-paid-online':
      return 'Có phí, lệ phí nhưng không thanh toán trực tuyến.';
    case 'bad-files': {
      const empty = why.empty.length > 0 ? [`tệp 0 byte ở ${quoted(why.empty)}`] : [];
      const other = why.otherType.length > 0 ? [`tệp không phải PDF ở ${quoted(why.otherType)}`] : [];
      return `Có ${[...empty, ...other].join('; ')}.`;
    }
  }
}

/** "4.2 Số hóa hồ sơ, kết quả": the QĐ 766 indicators that a failed check costs. */
export function costText({ costs }: Pick<CheckResult, 'costs'>): string {
  return costs.map((number) => `${number} ${INDICATORS[number] ?? ''}`.trim()).join('; ');
}

/** What a reception officer looks at before accepting, as sentences; the most pressing first. */
export function hintsFor(
  rows: readonly PaperRow[],
  checks: readonly CheckResult[],
  missing: readonly string[],
  notes: readonly VerdictNote[],
): string[] {
  const named = (row: PaperRow) => `${row.name}: ${reasonText(row.why)}`;
  const open = rows.filter(({ state }) => state === 'unknown');
  const files = checks.filter(({ id, state }) => id === 'D9' && state === 'fail');
  const digitize = rows
    .filter(({ mustDigitize, state }) => mustDigitize && state === 'present')
    .map(({ name }) => name);
  const shown = rows.filter(({ why }) => why.kind === 'shown-only').map(({ name }) => name);
  return [
    ...missing.map((name) => `Còn thiếu: ${name}.`),
    ...open.filter(({ needed }) => needed === 'yes').map(named),
    ...files.map(checkText),
    ...open.filter(({ needed }) => needed === 'maybe').map(named),
    ...(digitize.length > 0 ? [`Là kết quả của thủ tục trước, phải số hóa: ${quoted(digitize)}.`] : []),
    ...(shown.length > 0 ? [`Đối chiếu rồi trả lại, không thu: ${quoted(shown)}.`] : []),
    ...notes.filter(({ kind }) => kind !== 'cannot-tell' && kind !== 'page-marks-nothing').map(noteText),
  ];
}
