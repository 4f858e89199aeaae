import { useEffect, useRef, useState } from 'preact/hooks';
import { followSpotchecks, type KeptSpotchecks, version } from '../../lib/platform/index.ts';
import { Button, Empty, LiveRegion, Panel, Tabs } from '../../lib/ui/index.ts';
import { useNow } from '../shared/hooks.ts';
import type { WorkerLike } from '../shared/worker.ts';
import { Desk } from './desk.ts';
import { IndicatorsTab } from './indicators.tsx';
import { Kept } from './kept.tsx';
import { Opened } from './opened.tsx';
import { INDICATORS, type Place, placeOf, textOf } from './place.ts';
import { Setup } from './setup.tsx';

const TABS = [
  ['checks', 'Kiểm tra mẫu'],
  ['indicators', 'Chỉ số QĐ 766'],
] as const;
type Tab = (typeof TABS)[number][0];
const tabOf = (hash: string): Tab => (hash === `#${INDICATORS}` ? 'indicators' : 'checks');
const write = (words: string) => history.replaceState(null, '', `#${words}`);

/** "Kiểm tra mẫu": a fair sample of a list, checked dossier by dossier, and the rate that comes of it. */
export function SpotcheckPage({ hire }: { hire: () => WorkerLike }) {
  const ready = useNow() !== null;
  const [kept, setKept] = useState<KeptSpotchecks | 'failed' | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    followSpotchecks((now) => setKept(now ?? 'failed'), stop.signal);
    return () => stop.abort();
  }, []);
  if (kept === 'failed')
    return (
      <main>
        <Empty title="Không mở được dữ liệu trên máy này" alert>
          <p>Trình duyệt không cho giữ dữ liệu (cửa sổ ẩn danh hoặc ổ đĩa đầy). Hãy mở trong cửa sổ thường.</p>
          <Button onClick={() => location.reload()}>Mở lại</Button>
        </Empty>
      </main>
    );
  if (!ready || kept === null)
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở…</p>
      </main>
    );
  return <Open hire={hire} kept={kept} />;
}

function Open({ hire, kept }: { hire: () => WorkerLike; kept: KeptSpotchecks }) {
  const [desk] = useState(() => new Desk(hire));
  useEffect(() => () => desk.stop(), [desk]);
  const [place, setPlace] = useState<Place>(() => placeOf(location.hash));
  const [tab, setTab] = useState<Tab>(() => tabOf(location.hash));
  const [message, setMessage] = useState('');
  /** File that another spot check begins with. */
  const [file, setFile] = useState<File | null>(null);
  const main = useRef<HTMLElement>(null);
  const opened = place.kind === 'opened' ? kept.checks.find(({ id }) => id === place.id) : undefined;

  useEffect(() => {
    const follow = () => {
      setTab(tabOf(location.hash));
      if (tabOf(location.hash) === 'checks') setPlace(placeOf(location.hash));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  /** The address says where the person is, so that a page that is loaded again, or a browser that died, comes back there. */
  function go(next: Place): void {
    setPlace(next);
    write(textOf(next));
    // What had the focus is gone; the next Tab goes on from here.
    if (next.kind === place.kind) return;
    requestAnimationFrame(() => main.current?.focus({ preventScroll: true }));
    scrollTo(0, 0);
  }
  /** What is half done in one part stays while the other is looked at. */
  function show(next: Tab): void {
    setTab(next);
    write(next === 'checks' ? textOf(place) : INDICATORS);
  }
  const home = () => go({ kind: 'kept' });

  return (
    <div class="page">
      <header>
        <div>
          <h1>Kiểm tra mẫu</h1>
          <p class="soft">
            Rút ngẫu nhiên một số hồ sơ, kiểm tra từng hồ sơ, tính ra tỷ lệ của cả danh sách kèm khoảng tin cậy.
          </p>
        </div>
        <Tabs label="Các phần" tabs={TABS} value={tab} onChange={show} />
      </header>
      <LiveRegion message={message} />
      <main ref={main} tabIndex={-1}>
        <Panel id="checks" tab={tab}>
          {place.kind === 'kept' && (
            <Kept
              kept={kept}
              onOpen={(id) => go({ kind: 'opened', id, step: 'sample' })}
              onNew={() => {
                setFile(null);
                go({ kind: 'new' });
              }}
              onSay={setMessage}
            />
          )}
          {place.kind === 'new' && (
            <Setup
              desk={desk}
              kept={kept.checks}
              file={file}
              onDrawn={(check) => {
                setMessage(`Đã rút ${check.record.units.length} hồ sơ và giữ trên máy này`);
                go({ kind: 'opened', id: check.id, step: 'sample' });
              }}
              onLeave={home}
              onSay={setMessage}
            />
          )}
          {place.kind === 'opened' && opened && (
            <Opened
              key={opened.id}
              value={opened}
              step={place.step}
              desk={desk}
              onStep={(step) => go({ ...place, step })}
              onNewFrom={(chosen) => {
                setFile(chosen);
                go({ kind: 'new' });
              }}
              onLeave={home}
              onSay={setMessage}
            />
          )}
          {place.kind === 'opened' && !opened && (
            <Empty title="Đợt kiểm tra này không có trên máy">
              <p>Có thể nó đã bị xóa, hoặc được rút trên máy khác.</p>
              <Button onClick={home}>Về danh sách đợt</Button>
            </Empty>
          )}
        </Panel>
        <Panel id="indicators" tab={tab}>
          <IndicatorsTab />
        </Panel>
      </main>
      <footer class="soft small">
        Đúng Hẹn {version()}. Chỉ mã hồ sơ, kết luận và ghi chú được giữ, trên máy này; không có tên, số giấy tờ.
      </footer>
    </div>
  );
}
