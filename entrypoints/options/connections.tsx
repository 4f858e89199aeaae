import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  type ConnectorConfig,
  readConfig,
  secretNameOf,
  secretsOf,
  UPSTREAM_KINDS,
  type Upstream,
} from '../../connectors/index.ts';
import { forgetSecret, keepSecret, readSecret, requestHost, updateSetting } from '../../lib/platform/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { downloadJson } from './download.ts';
import { type FileReader, refusal, refusalOf } from './file-review.ts';
import { Section } from './form.tsx';
import { Import } from './import.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import type { Back } from './store.ts';

const HOME = 'connections-title';

interface Content {
  text: string;
  config: ConnectorConfig;
}

const remotes = ({ upstreams }: ConnectorConfig) =>
  upstreams.filter((upstream): upstream is Exclude<Upstream, { kind: 'file' }> => upstream.kind !== 'file');

const reader: FileReader<Content> = {
  megabytes: 1,
  read(text) {
    const reading = readConfig(text);
    if (!reading.ok) return refusalOf(reading.problems);
    if (remotes(reading.data).length === 0) return refusal('không có hệ thống nguồn nào để kết nối');
    const files = reading.data.upstreams.length - remotes(reading.data).length;
    const remarks =
      files > 0
        ? [
            {
              severity: 'note' as const,
              line: 0,
              text: `${files} nguồn là tệp: trong trình duyệt, hãy chọn tệp ở trang Đối soát`,
            },
          ]
        : [];
    return { remarks, content: { text, config: reading.data } };
  },
};

async function saveText(text: string): Promise<Back> {
  let before = '';
  await updateSetting('connections', (value) => {
    before = value;
    return text;
  });
  return () => updateSetting('connections', () => before);
}

function Systems({ upstreams }: { upstreams: readonly Exclude<Upstream, { kind: 'file' }>[] }) {
  return (
    <ul class="bullets">
      {upstreams.map(({ id, kind, baseUrl, quota }) => (
        <li key={id}>
          <strong>{id}</strong>: {UPSTREAM_KINDS[kind]}, <bdi>{baseUrl}</bdi>, tối đa {quota} lượt gọi mỗi giây
        </li>
      ))}
    </ul>
  );
}

/** Systems that the reconciliation asks by itself; an admin imports the file that the command line reads too. */
export function ConnectionSection({ text }: { text: string }) {
  const saver = useSaver();
  const reading = useMemo(() => (text === '' ? null : readConfig(text)), [text]);
  const systems = reading?.ok ? remotes(reading.data) : [];

  return (
    <Section id="connections" title="Kết nối để đối soát">
      <p>
        Trang <a href="/reconcile.html">Đối soát</a> hỏi thẳng các hệ thống khai ở đây. Tệp khai báo là
        dunghen.config.json, dùng chung với dòng lệnh; trong tệp không có mật khẩu hay khóa, chỉ có tên của chúng.
      </p>
      <h3>Đang khai</h3>
      {reading !== null && !reading.ok && (
        <p class="notice amber">▲ Khai báo đã lưu không còn đúng dạng. Hãy nhận lại tệp.</p>
      )}
      {systems.length === 0 ? (
        <p class="soft">Chưa có. Đối soát bằng tệp xuất vẫn dùng được.</p>
      ) : (
        <Systems upstreams={systems} />
      )}
      {systems.map((upstream) => (
        <SystemCard key={upstream.id} upstream={upstream} />
      ))}
      <div class="actions">
        {text !== '' && (
          <>
            <Button onClick={() => downloadJson(text, 'dunghen.config.json')}>Tải khai báo</Button>
            <Button onClick={() => void saver.save(() => saveText(''), 'Đã bỏ các kết nối', true)}>
              Bỏ các kết nối
            </Button>
          </>
        )}
      </div>
      <h3>Nhận khai báo từ tệp</h3>
      <Import
        id="connections"
        choose="Chọn tệp dunghen.config.json"
        reader={reader}
        accepting={() => 'Nhận khai báo này'}
        show={({ config }) => <Systems upstreams={remotes(config)} />}
        onLook={saver.clear}
        onAccept={(content) => saver.save(() => saveText(content.text), 'Đã nhận khai báo kết nối', true)}
      />
      <SaveStatus saver={saver} home={HOME} />
    </Section>
  );
}

/** The secrets of one system, and whether the browser lets us reach it. */
function SystemCard({ upstream }: { upstream: Exclude<Upstream, { kind: 'file' }> }) {
  const [said, setSaid] = useState('');
  const allow = () =>
    requestHost(new URL(upstream.baseUrl).origin).then(
      (granted) => setSaid(granted ? 'Trình duyệt đã cho phép.' : 'Chưa được cho phép: chưa thể hỏi hệ thống này.'),
      () => setSaid('Trình duyệt không cho hỏi quyền ở đây.'),
    );
  return (
    <fieldset class="boxed">
      <legend>{upstream.id}</legend>
      {secretsOf(upstream).map((ref) => (
        <SecretField key={secretNameOf(ref)} name={secretNameOf(ref)} />
      ))}
      <Button kind="small" onClick={() => void allow()}>
        Cho phép trình duyệt hỏi hệ thống này
      </Button>
      <p role="status">{said}</p>
    </fieldset>
  );
}

/** One secret: typed once after the browser starts, never shown again. */
function SecretField({ name }: { name: string }) {
  const [known, setKnown] = useState<boolean | null>(null);
  const [value, setValue] = useState('');
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    readSecret(name).then(
      (secret) => setKnown(secret !== null),
      () => setKnown(false),
    );
  }, [name]);
  const change = (work: Promise<void>, next: boolean) =>
    work.then(
      () => {
        setKnown(next);
        setValue('');
        setFailed(false);
      },
      () => setFailed(true),
    );
  const id = `secret-${name}`;
  return (
    <div class="question secret">
      <label for={id}>
        <code>{name}</code>
      </label>
      <div class="line">
        <input
          id={id}
          type="password"
          autocomplete="off"
          aria-describedby={`${id}-state`}
          value={value}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
        <Button
          kind="small"
          disabledReason={value === '' ? 'Chưa gõ gì' : null}
          onClick={() => void change(keepSecret(name, value), true)}
        >
          Giữ trong phiên này
        </Button>
        {known && (
          <Button kind="small" label={`Quên ${name}`} onClick={() => void change(forgetSecret(name), false)}>
            Quên
          </Button>
        )}
        <span id={`${id}-state`} class="soft" role="status">
          {known ? '✓ Đã nhập; chỉ giữ tới khi đóng trình duyệt, không hiện lại' : 'Chưa nhập'}
        </span>
      </div>
      {failed && (
        <p class="fault" role="alert">
          Trình duyệt không cho ghi. Hãy thử lại.
        </p>
      )}
    </div>
  );
}
