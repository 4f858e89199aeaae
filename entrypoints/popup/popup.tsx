import { useEffect, useState } from 'preact/hooks';
import {
  activeTab,
  askReport,
  isAllowed,
  isBuiltIn,
  openOptions,
  openPage,
  openPanel,
  reloadTab,
  requestHost,
  send,
  version,
  webOrigin,
} from '../../lib/platform/index.ts';
import { PopupView } from './view.tsx';
import { browserOf, type PageStatus, reportText } from './words.ts';

interface Found {
  status: PageStatus;
  windowId: number | undefined;
}

async function look(): Promise<Found> {
  const tab = await activeTab();
  const windowId = tab?.windowId;
  const origin = webOrigin(tab?.url);
  if (tab?.id === undefined || origin === null) return { status: { kind: 'not-web' }, windowId };
  const { host } = new URL(origin);
  if (!(await isAllowed(origin))) {
    const builtIn = isBuiltIn(origin);
    return { status: { kind: 'not-allowed', host, origin, tabId: tab.id, builtIn }, windowId };
  }
  const report = await askReport(tab.id);
  const status: PageStatus = report
    ? { kind: 'report', report, tabId: tab.id }
    : { kind: 'silent', host, tabId: tab.id };
  return { status, windowId };
}

/** Asks the tab in front and shows what it answers. */
export function Popup() {
  const [found, setFound] = useState<Found>({ status: { kind: 'loading' }, windowId: undefined });
  const [message, setMessage] = useState('');
  const { status, windowId } = found;

  async function refresh(): Promise<void> {
    setFound(await look());
  }

  useEffect(() => {
    look().then(setFound, () => setFound({ status: { kind: 'not-web' }, windowId: undefined }));
  }, []);

  async function pause(paused: boolean): Promise<void> {
    if (status.kind !== 'report') return;
    const result = await send('site.pause', { host: status.report.host, paused });
    setMessage(result.ok ? (paused ? 'Đã tạm dừng trên trang này' : 'Đã bật lại') : 'Chưa đổi được. Hãy thử lại.');
    await refresh();
  }

  function allow(): void {
    if (status.kind !== 'not-allowed') return;
    const { host, origin, tabId } = status;
    // The question comes first, before any await: the browser asks only within the click.
    requestHost(origin)
      .then(async (granted) => {
        if (!granted) {
          setMessage('Chưa được cho phép. Có thể bấm lại bất cứ lúc nào.');
          return;
        }
        await send('site.hosts', {});
        setFound({ status: { kind: 'granted', host, tabId }, windowId });
      })
      .catch(() => setMessage('Trình duyệt không cho bật trên trang này.'));
  }

  async function copyReport(): Promise<void> {
    try {
      await navigator.clipboard.writeText(reportText(status, version(), browserOf(navigator.userAgent)));
      setMessage('Đã chép: chỉ có số đếm và số phiên bản, không có mã hồ sơ');
    } catch {
      setMessage('Trình duyệt không cho chép');
    }
  }

  return (
    <PopupView
      status={status}
      message={message}
      version={version()}
      actions={{
        pause: (paused) => void pause(paused),
        allow,
        openPanel: () => {
          openPanel(windowId).then(
            () => window.close(),
            () => setMessage('Trình duyệt không mở được bảng bên cạnh'),
          );
        },
        reload: () => {
          if ('tabId' in status) reloadTab(status.tabId).then(() => window.close());
        },
        copyReport: () => void copyReport(),
        openDeadline: () => void openPage('deadline').then(() => window.close()),
        openInspect: () => void openPage('inspect').then(() => window.close()),
        openReconcile: () => void openPage('reconcile').then(() => window.close()),
        openSpotcheck: () => void openPage('spotcheck').then(() => window.close()),
        openOptions: () => void openOptions().then(() => window.close()),
        openWelcome: () => void openPage('welcome').then(() => window.close()),
      }}
    />
  );
}
