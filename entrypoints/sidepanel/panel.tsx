import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import {
  EXPIRE_HOURS,
  openLetterFor,
  openLink,
  openPage,
  restoreSeen,
  send,
  updateSetting,
} from '../../lib/platform/index.ts';
import type { WorklistEntry } from '../../lib/schema/index.ts';
import { isoOf } from '../../lib/text/index.ts';
import {
  Button,
  buildItems,
  Empty,
  LiveRegion,
  NO_FILTER,
  viewOf,
  type WorklistFilter,
  type WorklistItem,
  worklistCsv,
  worklistText,
} from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { useBasis, useNow, useRegister, useSetting, useWorklist } from '../shared/hooks.ts';
import { UNDO_SECONDS, type Undoable, UndoBar } from '../shared/undo.tsx';
import { Filters } from './filters.tsx';
import { Frame, Loading, Locked, NoDossiers } from './frame.tsx';
import { Grid } from './grid.tsx';
import { issueLetter, takeBackLetter } from './letters.ts';
import { NO_LINK } from './row.tsx';

const SAY_SECONDS = 8;
/** After the last key of a search, so that a screen reader does not speak on every letter. */
const ANNOUNCE_DELAY = 500;

/** The worklist: everything that pages showed lately, most urgent first. */
export function Panel() {
  const locked = useSetting('panelLocked');
  const now = useNow();
  const basis = useBasis();
  if (locked === null || now === null || basis === null) return <Loading />;
  return locked ? <Locked /> : <Open now={now} basis={basis} />;
}

const NO_ENTRIES: readonly WorklistEntry[] = [];

function Open({ now, basis }: { now: number; basis: Basis }) {
  const [state, retry] = useWorklist();
  const { register, failed } = useRegister();
  const [filter, setFilter] = useState<WorklistFilter>(NO_FILTER);
  /** For the ear, and for the eye when it is not on the screen anyway. */
  const [message, setMessage] = useState({ text: '', visible: false });
  const [undoable, setUndoable] = useState<Undoable | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const say = (text: string) => setMessage({ text, visible: true });
  const announce = (text: string) => setMessage({ text, visible: false });

  const entries = state.kind === 'ready' ? state.list.entries : NO_ENTRIES;
  const items = useMemo(() => buildItems(entries, { ...basis, now }, register), [entries, now, basis, register]);
  const view = useMemo(() => viewOf(items, filter), [items, filter]);
  const filtered = filter.query !== '' || filter.clock !== 'all' || filter.verdicts.size > 0 || filter.letters;
  const filterKey = `${filter.clock} ${filter.letters} ${[...filter.verdicts].sort().join('.')} ${filter.query}`;

  const count = view.items.length;
  const spoken = useRef(filterKey);
  // Spoken when the person filters, not whenever a page is read.
  useEffect(() => {
    if (spoken.current === filterKey) return;
    spoken.current = filterKey;
    const words = filtered ? `${count} hồ sơ khớp` : `Đã bỏ lọc, ${count} hồ sơ`;
    const timer = setTimeout(() => announce(words), ANNOUNCE_DELAY);
    return () => clearTimeout(timer);
  }, [filterKey]);

  useEffect(() => {
    if (!message.visible) return;
    const timer = setTimeout(() => setMessage({ text: '', visible: false }), SAY_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [message]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const typing = target instanceof HTMLInputElement;
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      } else if (event.key === 'Escape') {
        setFilter(NO_FILTER);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const lock = () => void updateSetting('panelLocked', () => true);

  if (state.kind === 'loading') return <Loading />;
  if (state.kind === 'failed') {
    return (
      <Frame>
        <Empty alert title="Không mở được danh sách trên máy này">
          <p>
            Trình duyệt không cho đọc nơi lưu (thường do đang ở cửa sổ ẩn danh hoặc ổ đĩa đầy). Nhãn trên trang một cửa
            vẫn hoạt động.
          </p>
          <Button kind="primary" onClick={retry}>
            Thử lại
          </Button>
        </Empty>
      </Frame>
    );
  }

  async function clear(): Promise<void> {
    const before = entries;
    const result = await send('dossiers.clear', {});
    if (!result.ok) {
      say('Chưa xoá được danh sách. Hãy thử lại.');
      return;
    }
    setFilter(NO_FILTER);
    offerUndo({
      text: `Đã xoá ${before.length} hồ sơ khỏi danh sách.`,
      done: 'Đã đưa danh sách trở lại',
      back: () => restoreSeen(before),
    });
  }

  function offerUndo(step: Undoable): void {
    setUndoable(step);
    announce(`${step.text} Có thể hoàn tác trong ${UNDO_SECONDS} giây.`);
  }

  async function undo(): Promise<void> {
    if (!undoable) return;
    try {
      await undoable.back();
    } catch {
      say('Chưa hoàn tác được. Hãy thử lại.');
      return;
    }
    setUndoable(null);
    say(undoable.done);
    search.current?.focus();
  }

  async function issue(item: WorklistItem): Promise<void> {
    const { code } = item.entry;
    try {
      if (!(await issueLetter(item, now))) {
        say(`Sổ thư đã ghi khác cho hồ sơ ${code}`);
        return;
      }
    } catch {
      say('Chưa ghi được vào sổ thư xin lỗi. Hãy thử lại.');
      return;
    }
    offerUndo({
      text: `Đã ghi thư của hồ sơ ${code} là đã gửi.`,
      done: `Hồ sơ ${code} lại ở trạng thái trước`,
      back: () => takeBackLetter(item, now),
    });
  }

  async function copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say('Trình duyệt không cho chép. Hãy bấm vào bảng rồi thử lại.');
    }
  }

  function open({ entry }: WorklistItem): void {
    if (entry.link === null) say(NO_LINK);
    else openLink(entry.link).catch(() => say('Không mở được hồ sơ'));
  }

  return (
    <Frame onLock={lock}>
      <LiveRegion message={message.text} />
      {undoable && (
        <UndoBar
          step={undoable}
          onBack={() => void undo()}
          onEnd={(focused) => {
            setUndoable(null);
            if (focused) search.current?.focus();
          }}
        />
      )}
      {failed && (
        <p class="note">Sổ thư xin lỗi trên máy này không đọc được hết: có thể thiếu dấu về thư đã soạn hay đã gửi.</p>
      )}
      {state.list.bad > 0 && <p class="note">{state.list.bad} dòng lưu trên máy này bị hỏng và không được hiện.</p>}
      {items.length === 0 ? (
        <NoDossiers />
      ) : (
        <>
          <Filters
            filter={filter}
            view={view}
            searchRef={search}
            onChange={(change) => setFilter({ ...filter, ...change })}
          />
          <p class="summary">
            <span>
              {filtered ? `Đang hiện ${count} trong ${items.length} hồ sơ` : `${items.length} hồ sơ, gấp nhất ở trên`}
            </span>
            {filtered && (
              <Button kind="small" onClick={() => setFilter(NO_FILTER)}>
                Bỏ lọc
              </Button>
            )}
          </p>
          <div id="list" role="tabpanel" aria-labelledby={`tab-${filter.clock}`}>
            {count === 0 ? (
              <Empty title={filter.letters ? 'Không còn hồ sơ nào cần thư xin lỗi' : 'Không có hồ sơ nào khớp'}>
                <p>Thử gõ ít chữ hơn, hoặc bấm «Bỏ lọc».</p>
              </Empty>
            ) : (
              <Grid
                items={view.items}
                context={{ ...basis, now }}
                resetKey={filterKey}
                actions={{
                  open,
                  copy: ({ entry }) => void copy(entry.code, `Đã chép mã ${entry.code}`),
                  refused: say,
                  draft: ({ entry }) => void openLetterFor(entry).catch(() => say('Không mở được trang soạn thư')),
                  issue: (item) => void issue(item),
                }}
              />
            )}
          </div>
          <footer>
            <Button
              kind="small"
              onClick={() => void copy(worklistText(view.items, now), `Đã chép ${count} hồ sơ dạng chữ`)}
            >
              Chép danh sách
            </Button>
            <Button
              kind="small"
              onClick={() => {
                download(
                  worklistCsv(view.items, now),
                  `dung-hen-${isoOf(now).slice(0, 10)}.csv`,
                  'text/csv;charset=utf-8',
                );
                say(`Đã tải ${count} hồ sơ dạng .csv`);
              }}
            >
              Tải .csv
            </Button>
            <Button
              kind="small"
              title={`Danh sách chỉ nằm trên máy này và tự xoá sau ${EXPIRE_HOURS} giờ`}
              onClick={() => void clear()}
            >
              Xoá danh sách
            </Button>
            <Button kind="small" onClick={() => void openPage('deadline')}>
              Thử tính hạn
            </Button>
            {message.visible && (
              <span class="said" aria-hidden="true">
                {message.text}
              </span>
            )}
          </footer>
        </>
      )}
    </Frame>
  );
}
