import type { PageReport } from '../../lib/schema/index.ts';
import { fieldName } from '../../lib/ui/index.ts';

/** What the popup found out about the tab. */
export type PageStatus =
  | { kind: 'loading' }
  /** A page of the browser itself, a file: nothing we could ever read. */
  | { kind: 'not-web' }
  | { kind: 'not-allowed'; host: string; origin: string; tabId: number; builtIn: boolean }
  /** Allowed just now; the page was loaded before that. */
  | { kind: 'granted'; host: string; tabId: number }
  /** Allowed, but no script of ours answers. */
  | { kind: 'silent'; host: string; tabId: number }
  | { kind: 'report'; report: PageReport; tabId: number };

export type Mood = 'good' | 'warn' | 'calm';

export interface StateWords {
  mood: Mood;
  title: string;
  next: string;
}

const KINDS: Record<PageReport['kind'], string> = {
  list: 'danh sách hồ sơ',
  detail: 'hồ sơ chi tiết',
  none: 'trang khác của hệ thống',
};

/** "iGate · danh sách hồ sơ"; empty for a page that no adapter knows. */
export function pageWords({ adapter, kind }: PageReport): string {
  return adapter ? `${adapter.label} · ${KINDS[kind]}` : '';
}

function okWords({ kind, rows, unreadable }: PageReport): StateWords {
  if (kind === 'none') {
    return {
      mood: 'calm',
      title: 'Trang này không có hồ sơ',
      next: 'Mở trang danh sách hồ sơ hoặc một hồ sơ để xem hạn.',
    };
  }
  if (kind === 'detail') {
    return {
      mood: 'good',
      title: 'Đang hiện hạn của hồ sơ này',
      next: 'Bấm vào nhãn trên trang để xem vì sao.',
    };
  }
  if (rows === 0 && unreadable === 0) {
    return {
      mood: 'calm',
      title: 'Danh sách đang trống',
      next: 'Hạn sẽ hiện khi trang có hồ sơ. Hãy thử bộ lọc khác trên trang.',
    };
  }
  return {
    mood: 'good',
    title: `Đang hiện hạn cho ${rows} hồ sơ`,
    next: 'Bấm vào nhãn của một hồ sơ để xem vì sao.',
  };
}

/** The state of a page in plain words, and what to do next. */
export function stateWords(report: PageReport): StateWords {
  switch (report.state) {
    case 'ok':
      return okWords(report);
    case 'changed':
      return {
        mood: 'warn',
        title: 'Trang đã thay đổi, đọc chưa đủ',
        next: 'Cột nào đọc được vẫn hiện hạn. Bấm «Sao chép tình trạng» và gửi cho quản trị để cập nhật.',
      };
    case 'no-adapter':
      return {
        mood: 'calm',
        title: 'Không thấy danh sách hồ sơ ở trang này',
        next: 'Mở trang danh sách hồ sơ. Nếu đây đúng là danh sách, bấm «Sao chép tình trạng» và gửi cho quản trị.',
      };
    case 'paused':
      return {
        mood: 'calm',
        title: 'Đang tạm dừng trên trang này',
        next: 'Tắt «Tạm dừng trên trang này» để hiện lại hạn.',
      };
    case 'loading':
      return {
        mood: 'calm',
        title: 'Trang đang tải hồ sơ',
        next: 'Chờ trang tải xong rồi mở lại ô này.',
      };
  }
}

export interface FieldWords {
  name: string;
  text: string;
  /** `none` stands for a column that is not there. */
  level: 'all' | 'some' | 'none';
}

/** "đọc được 18/20 dòng, cột «Ngày hẹn trả»" for each field, with the reason when rows are missing. */
export function fieldWords(report: PageReport): FieldWords[] {
  return report.fields
    .filter(({ expected }) => expected > 0)
    .map(({ field, found, expected, column }) => {
      const name = fieldName(field);
      const where = column ? `, cột «${column}»` : '';
      if (report.kind === 'detail') {
        return found > 0
          ? { name, level: 'all' as const, text: `đọc được${column ? ` ở mục «${column}»` : ''}` }
          : { name, level: 'none' as const, text: 'trang không ghi mục này' };
      }
      if (found >= expected) return { name, level: 'all' as const, text: `đủ ${found}/${expected} dòng${where}` };
      if (found > 0) {
        return {
          name,
          level: 'some' as const,
          text: `đọc được ${found}/${expected} dòng${where}; ${expected - found} dòng để trống hoặc ghi khác dạng`,
        };
      }
      return {
        name,
        level: 'none' as const,
        text: column ? `có cột «${column}» nhưng không đọc được dòng nào` : 'bảng không có cột này',
      };
    });
}

/** Facts that are worth a line only when there are some. */
export function noteWords({ strangeCodes, unreadable, fromJson, rows, kind }: PageReport): string[] {
  const notes: string[] = [];
  if (unreadable > 0) notes.push(`${unreadable} dòng không đọc được mã hồ sơ nên không có nhãn.`);
  if (strangeCodes > 0) notes.push(`${strangeCodes} mã lạ: vẫn có nhãn, kèm dấu «mã lạ» trong bảng công việc.`);
  if (fromJson > 0 && kind === 'list') {
    notes.push(`${fromJson}/${rows} hồ sơ có thêm dữ liệu mà trang tự tải, nên hạn chính xác hơn.`);
  } else if (fromJson > 0) notes.push('Có thêm dữ liệu mà trang tự tải, nên hạn chính xác hơn.');
  return notes;
}

/**
 * What a person may send to an admin without a second thought: versions, the adapter and counts. No address, no code,
 * no header text of the page.
 */
export function reportText(status: PageStatus, version: string, browserName: string): string {
  const lines = [`Đúng Hẹn ${version}`, `Trình duyệt: ${browserName}`];
  if (status.kind !== 'report') return [...lines, `Tình trạng: ${status.kind}`].join('\n');
  const { report } = status;
  return [
    ...lines,
    `Bản chạy trên trang: ${report.version}`,
    `Bộ đọc: ${report.adapter?.id ?? 'không có'}`,
    `Tình trạng: ${report.state}, ${report.kind}`,
    `Dòng: ${report.rows}, không đọc được mã: ${report.unreadable}, mã lạ: ${report.strangeCodes}, JSON: ${report.fromJson}`,
    ...report.fields.map(
      ({ field, found, expected, column }) =>
        `${field}: ${found}/${expected}${column === undefined ? ', không thấy cột' : ''}`,
    ),
  ].join('\n');
}

/** `Chrome 156`, `Edge 156` or `Firefox 140`: name and major version, the rest of the line is about the machine. */
export function browserOf(userAgent: string): string {
  const match = /(Edg|Firefox|Chrome)\/(\d+)/.exec(userAgent.replace(/Chrome\/\d+(?=.*Edg\/)/, ''));
  return match ? `${match[1] === 'Edg' ? 'Edge' : match[1]} ${match[2]}` : 'không rõ';
}
