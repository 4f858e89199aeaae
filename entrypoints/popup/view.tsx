import type { ComponentChildren } from 'preact';
import type { PageReport } from '../../lib/schema/index.ts';
import { Button, LiveRegion, Switch } from '../../lib/ui/index.ts';
import { fieldWords, type Mood, noteWords, type PageStatus, pageWords, stateWords } from './words.ts';

export interface PopupActions {
  pause: (paused: boolean) => void;
  openPanel: () => void;
  allow: () => void;
  reload: () => void;
  copyReport: () => void;
  openDeadline: () => void;
  openInspect: () => void;
  openReconcile: () => void;
  openSpotcheck: () => void;
  openOptions: () => void;
  openWelcome: () => void;
}

const MOODS: Record<Mood, { tone: string; shape: string }> = {
  good: { tone: 'green', shape: '●' },
  warn: { tone: 'amber', shape: '▲' },
  calm: { tone: 'grey', shape: '○' },
};

/** The popup for one state of the tab. Draws and calls back; knows no browser. */
export function PopupView({
  status,
  message,
  version,
  actions,
}: {
  status: PageStatus;
  message: string;
  version: string;
  actions: PopupActions;
}) {
  return (
    <>
      <header>
        <img src="/icon/32.png" alt="" width={20} height={20} />
        <h1>Đúng Hẹn</h1>
        <span class="soft">bản {version}</span>
        <Button kind="small" onClick={actions.openWelcome}>
          Hướng dẫn
        </Button>
        <Button kind="small" onClick={actions.openOptions}>
          Cài đặt
        </Button>
      </header>
      <main>
        <Body status={status} actions={actions} />
        <LiveRegion message={message} />
        {message !== '' && (
          <p class="said" aria-hidden="true">
            {message}
          </p>
        )}
      </main>
      <footer>
        <Button kind="primary" onClick={actions.openPanel}>
          Mở bảng công việc
        </Button>
        <Button onClick={actions.openDeadline}>Thử tính hạn</Button>
        <Button onClick={actions.openInspect}>Kiểm tra tệp</Button>
        <Button onClick={actions.openReconcile}>Đối soát</Button>
        <Button onClick={actions.openSpotcheck}>Kiểm tra mẫu</Button>
        <Button onClick={actions.copyReport}>Sao chép tình trạng</Button>
      </footer>
    </>
  );
}

function State({ mood, title, children }: { mood: Mood; title: string; children?: ComponentChildren }) {
  const { tone, shape } = MOODS[mood];
  return (
    <div class={`state ${tone}`}>
      <h2>
        <span class="shape" aria-hidden="true">
          {shape}
        </span>{' '}
        {title}
      </h2>
      {children}
    </div>
  );
}

function Body({ status, actions }: { status: PageStatus; actions: PopupActions }) {
  switch (status.kind) {
    case 'loading':
      return (
        <p class="soft" aria-busy="true">
          Đang hỏi trang…
        </p>
      );
    case 'not-web':
      return (
        <State mood="calm" title="Đây không phải trang web">
          <p>Mở hệ thống một cửa rồi bấm lại biểu tượng này.</p>
        </State>
      );
    case 'not-allowed':
      return (
        <>
          <State mood="calm" title={status.builtIn ? 'Trình duyệt chưa cho chạy ở đây' : 'Chưa bật trên trang này'}>
            <p class="host">{status.host}</p>
            <p>
              {status.builtIn
                ? 'Đây là hệ thống một cửa của Thành phố. Bấm nút dưới đây và chọn cho phép.'
                : 'Chỉ bật nếu đây là hệ thống một cửa của đơn vị. Đúng Hẹn không đọc gì ở đây khi chưa bật.'}
            </p>
          </State>
          <Button onClick={actions.allow}>Bật trên trang này</Button>
        </>
      );
    case 'granted':
      return (
        <>
          <State mood="good" title="Đã bật trên trang này">
            <p class="host">{status.host}</p>
            <p>Tải lại trang để bắt đầu. Nhớ lưu những gì đang nhập dở trước khi tải lại.</p>
          </State>
          <Button onClick={actions.reload}>Tải lại trang</Button>
        </>
      );
    case 'silent':
      return (
        <>
          <State mood="warn" title="Trang chưa trả lời">
            <p class="host">{status.host}</p>
            <p>
              Thường do trang mở từ trước khi cài hoặc cập nhật Đúng Hẹn. Lưu những gì đang nhập dở rồi tải lại trang.
            </p>
          </State>
          <Button onClick={actions.reload}>Tải lại trang</Button>
        </>
      );
    case 'report':
      return <Report report={status.report} actions={actions} />;
  }
}

const LEVELS = {
  all: { tone: 'green', shape: '✓' },
  some: { tone: 'amber', shape: '◇' },
  none: { tone: 'grey', shape: '○' },
} as const;

function Report({ report, actions }: { report: PageReport; actions: PopupActions }) {
  const { mood, title, next } = stateWords(report);
  const fields = fieldWords(report);
  const notes = noteWords(report);
  return (
    <>
      <State mood={mood} title={title}>
        <p>{next}</p>
      </State>
      <p class="where">
        {pageWords(report)}
        <span class="soft host">{report.host}</span>
      </p>
      {fields.length > 0 && (
        <section aria-labelledby="health">
          <h2 id="health">Đọc được gì</h2>
          <dl>
            {fields.map(({ name, text, level }) => (
              <div key={name} class="field">
                <dt>
                  <span class={`dot ${LEVELS[level].tone}`} aria-hidden="true">
                    {LEVELS[level].shape}
                  </span>
                  {name}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Switch label="Tạm dừng trên trang này" checked={report.state === 'paused'} onChange={actions.pause} />
    </>
  );
}
