import type { LetterForm, LetterUnit } from '../../lib/letters/index.ts';
import { updateSetting } from '../../lib/platform/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { useDraft } from '../options/draft.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { Area, Line } from './fields.tsx';

/** The settings as lines of text. */
interface UnitDraft {
  coQuanChuQuan: string;
  coQuanBanHanh: string;
  diaDanh: string;
  kyHieu: string;
  trichYeu: string;
  loiXinLoi: string;
  noiTra: string;
  noiNhan: string;
  lyDo: string;
  quyenHan: string;
  chucVu: string;
  hoTen: string;
}

function unitDraft({ nguoiKy = {}, noiNhan = [], lyDo = [], ...texts }: LetterUnit): UnitDraft {
  const empty = {
    coQuanChuQuan: '',
    coQuanBanHanh: '',
    diaDanh: '',
    kyHieu: '',
    trichYeu: '',
    loiXinLoi: '',
    noiTra: '',
  };
  return {
    ...empty,
    ...texts,
    noiNhan: noiNhan.join('\n'),
    lyDo: lyDo.join('\n'),
    quyenHan: nguoiKy.quyenHan ?? '',
    chucVu: nguoiKy.chucVu ?? '',
    hoTen: nguoiKy.hoTen ?? '',
  };
}

/** Empty lines are left out, so that a letter names them as missing. */
function unitOf({ noiNhan, lyDo, quyenHan, chucVu, hoTen, ...texts }: UnitDraft): LetterUnit {
  const given = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).flatMap(([key, text]) => (text.trim() ? [[key, text.trim()]] : [])));
  const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim().replace(/^-\s*/, '') || []);
  const places = linesOf(noiNhan);
  const reasons = linesOf(lyDo);
  return {
    ...given(texts),
    ...(places.length > 0 ? { noiNhan: places } : {}),
    ...(reasons.length > 0 ? { lyDo: reasons } : {}),
    nguoiKy: given({ quyenHan, chucVu, hoTen }),
  };
}

type Row = { key: keyof UnitDraft; id: string; label: string; hint?: string; area?: true };
const rows = (form: LetterForm): Row[] => [
  { key: 'coQuanChuQuan', id: 'coQuanChuQuan', label: 'Cơ quan chủ quản (không bắt buộc)' },
  { key: 'coQuanBanHanh', id: 'coQuanBanHanh', label: 'Cơ quan ban hành', hint: 'Ví dụ: Ủy ban nhân dân phường …' },
  { key: 'diaDanh', id: 'diaDanh', label: 'Địa danh', hint: 'Đứng trước ngày tháng; ngày ký để trống khi soạn.' },
  {
    key: 'kyHieu',
    id: 'kyHieu',
    label: 'Ký hiệu (không bắt buộc)',
    hint: 'Phần sau dấu / của số, ví dụ PXL. Số do văn thư cấp.',
  },
  { key: 'trichYeu', id: 'trichYeu', label: 'Trích yếu (không bắt buộc)', hint: `Để trống: ${form.trichYeu}` },
  {
    key: 'loiXinLoi',
    id: 'loiXinLoi',
    label: 'Lời xin lỗi (không bắt buộc)',
    hint: `Để trống: ${form.loiXinLoi}`,
    area: true,
  },
  { key: 'noiTra', id: 'noiTra', label: 'Nơi trả kết quả (không bắt buộc)' },
  { key: 'noiNhan', id: 'noiNhan', label: 'Nơi nhận, mỗi dòng một nơi', hint: 'Ví dụ: Như trên / Lưu: VT', area: true },
  {
    key: 'lyDo',
    id: 'lyDo',
    label: 'Lý do trễ hạn thường dùng của đơn vị, mỗi dòng một câu (không bắt buộc)',
    hint: 'Đứng trước các lý do có sẵn khi soạn. Không ghi tên công dân.',
    area: true,
  },
  {
    key: 'quyenHan',
    id: 'nguoiKy.quyenHan',
    label: 'Quyền hạn người ký (không bắt buộc)',
    hint: 'TM., KT., TL., TUQ. và của ai',
  },
  { key: 'chucVu', id: 'nguoiKy.chucVu', label: 'Chức vụ người ký' },
  { key: 'hoTen', id: 'nguoiKy.hoTen', label: 'Họ tên người ký' },
];

/** "Thông tin đơn vị": what every letter says of the unit, entered once. */
export function UnitTab({ unit, form }: { unit: LetterUnit; form: LetterForm }) {
  const saver = useSaver();
  const { draft, change, dirty } = useDraft(unitDraft(unit));

  async function save(): Promise<void> {
    const next = unitOf(draft);
    const saved = await saver.save(async () => {
      let before: LetterUnit = {};
      await updateSetting('letterUnit', (stored) => {
        before = stored;
        return next;
      });
      return () => updateSetting('letterUnit', () => before);
    });
    if (saved) change(unitDraft(next));
  }

  return (
    <form
      class="card unit"
      aria-labelledby="unit-title"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="unit-title" tabIndex={-1}>
        Thông tin đơn vị
      </h2>
      <p class="soft">Dùng cho mọi thư, lưu trên trình duyệt này. Không có dữ liệu của công dân.</p>
      {rows(form).map(({ key, id, label, hint, area }) => {
        const Field = area ? Area : Line;
        return (
          <Field
            key={key}
            id={`unit-${id}`}
            label={label}
            hint={hint}
            faults={[]}
            value={draft[key]}
            onInput={(text) => change({ ...draft, [key]: text })}
          />
        );
      })}
      <div class="actions">
        <button type="submit" class="button primary">
          Lưu thông tin đơn vị
        </button>
        {dirty && <Button onClick={() => change(unitDraft(unit))}>Bỏ thay đổi</Button>}
        <SaveStatus saver={saver} home="unit-title" />
      </div>
    </form>
  );
}
