import { useMemo, useState } from 'preact/hooks';
import { LETTER_STATES, type RegisterEntry, type RegisterEvent } from '../../lib/letters/index.ts';
import { Button, Empty } from '../../lib/ui/index.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { download } from '../shared/download.ts';
import { Line, Select } from './fields.tsx';
import { XLSX_TYPE } from './files.ts';
import type { RegisterState } from './hooks.ts';
import { RegisterImport } from './register-import.tsx';
import {
  channelName,
  dateOr,
  filterRegister,
  lateWords,
  type RegisterFilter,
  reportName,
  reportXlsx,
  STATE_NAMES,
} from './register-rows.ts';
import { takeBack, takeStep } from './steps.ts';

/** Rows drawn at once. */
const PAGE = 100;
const HOME = 'register-title';

/** What was done about which dossier: codes, dates and states, no person. */
export function RegisterTab({
  state,
  unit,
  now,
  onRetry,
}: {
  state: RegisterState;
  /** Unit that imported codes are noted under. */
  unit: string;
  now: number;
  onRetry: () => void;
}) {
  const saver = useSaver();
  const [filter, setFilter] = useState<RegisterFilter>({ state: 'open', query: '' });
  const [pages, setPages] = useState(1);
  const [said, setSaid] = useState('');
  const entries = state.kind === 'ready' ? state.register.entries : [];
  const rows = useMemo(() => filterRegister(entries, filter), [entries, filter]);

  if (state.kind === 'loading') return <p aria-busy="true">Đang mở sổ…</p>;
  if (state.kind === 'failed')
    return (
      <Empty alert title="Không mở được sổ trên máy này">
        <p>Trình duyệt không cho đọc nơi lưu (thường do cửa sổ ẩn danh hoặc ổ đĩa đầy). Soạn thư vẫn dùng được.</p>
        <Button kind="primary" onClick={onRetry}>
          Thử lại
        </Button>
      </Empty>
    );

  async function step(entry: RegisterEntry, event: RegisterEvent, words: string): Promise<void> {
    setSaid('');
    await saver.save(
      async () => {
        const taken = await takeStep(entry, event, now);
        if (!taken.ok) setSaid(taken.message);
        return taken.ok ? taken.back : null;
      },
      `${entry.code}: ${words}`,
      true,
    );
  }

  async function back(entry: RegisterEntry): Promise<void> {
    setSaid('');
    await saver.save(
      async () => {
        await takeBack(entry, now);
        return null;
      },
      `${entry.code}: đã bỏ bước cuối`,
      true,
    );
  }

  async function report(): Promise<void> {
    download(await reportXlsx(entries, now), reportName(now), XLSX_TYPE);
    setSaid('Đã tải báo cáo tháng');
  }

  const closed = (entry: RegisterEntry) => entry.state === 'issued' || entry.state === 'not-applicable';
  return (
    <div class="card wide">
      <h2 id={HOME} tabIndex={-1}>
        Sổ thư xin lỗi
      </h2>
      <p class="soft">Chỉ giữ mã hồ sơ, ngày, trạng thái; không có tên ai. Lưu trên trình duyệt này.</p>
      {state.register.bad > 0 && <p class="warning">{state.register.bad} dòng bị hỏng và không được hiện.</p>}
      <SaveStatus saver={saver} home={HOME} />
      <p role="status">{said}</p>
      <div class="pair">
        <Select
          id="register-state"
          label="Trạng thái"
          faults={[]}
          value={filter.state}
          options={[['open', 'tất cả'], ...LETTER_STATES.map((one) => [one, STATE_NAMES[one]] as const)]}
          onChange={(one) => setFilter({ ...filter, state: one })}
        />
        <Line
          id="register-query"
          label="Tìm mã hồ sơ"
          short
          faults={[]}
          value={filter.query}
          onInput={(query) => setFilter({ ...filter, query })}
        />
      </div>
      <div class="actions">
        <Button
          disabledReason={entries.length === 0 ? 'Sổ chưa có gì' : null}
          onRefused={setSaid}
          onClick={() => void report()}
        >
          Báo cáo theo đơn vị và tháng (.xlsx)
        </Button>
        <span class="soft">{rows.length} hồ sơ</span>
      </div>
      {rows.length === 0 ? (
        <Empty title={entries.length === 0 ? 'Sổ chưa có gì' : 'Không có hồ sơ nào khớp'}>
          <p>
            {entries.length === 0
              ? 'Thư được ghi vào sổ khi tải, in hoặc chép. Thư đã gửi trước đây: nhập danh sách mã bên dưới.'
              : 'Chọn trạng thái khác hoặc gõ ít chữ hơn.'}
          </p>
        </Empty>
      ) : (
        <div class="scroll">
          <table class="rows">
            <thead>
              <tr>
                {['Mã hồ sơ', 'Trạng thái', 'Hẹn cũ', 'Hẹn mới', 'Gửi bằng', 'Trễ', 'Đơn vị', ''].map((head) => (
                  <th key={head} scope="col">
                    {head || <span class="hidden">Việc</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, pages * PAGE).map((entry) => (
                <tr key={`${entry.host} ${entry.code}`} data-state={entry.state}>
                  <th scope="row">{entry.code}</th>
                  <td>
                    {STATE_NAMES[entry.state]}
                    {entry.state === 'issued' && ` ${dateOr(entry.issuedAt)}`}
                    {entry.state === 'late' && entry.draftedAt !== undefined && `, đã soạn ${dateOr(entry.draftedAt)}`}
                  </td>
                  <td>{dateOr(entry.oldDueAt)}</td>
                  <td>{dateOr(entry.newDueAt)}</td>
                  <td>{channelName(entry)}</td>
                  <td>{lateWords(entry, now)}</td>
                  <td>{entry.unit}</td>
                  <td>
                    <div class="actions">
                      {!closed(entry) && (
                        <>
                          <Button
                            kind="small"
                            label={`Đã gửi ${entry.code}`}
                            onClick={() => void step(entry, { type: 'issue' }, 'đã gửi')}
                          >
                            Đã gửi
                          </Button>
                          <Button
                            kind="small"
                            label={`Không cần thư ${entry.code}`}
                            onClick={() => void step(entry, { type: 'waive' }, 'không cần thư')}
                          >
                            Không cần
                          </Button>
                        </>
                      )}
                      {entry.past.length > 0 && (
                        <Button kind="small" label={`Bỏ bước cuối ${entry.code}`} onClick={() => void back(entry)}>
                          Bỏ bước cuối
                        </Button>
                      )}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > pages * PAGE && <Button onClick={() => setPages(pages + 1)}>Hiện thêm</Button>}
      <RegisterImport entries={entries} unit={unit} now={now} saver={saver} />
    </div>
  );
}
