import { useEffect, useRef, useState } from 'preact/hooks';
import {
  addAnchors,
  MAX_ANCHORS,
  readAnchors,
  removeAnchors,
  type TrustAnchor,
  watchAnchors,
} from '../../lib/platform/index.ts';
import { fullDate } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { type Candidate, CERTIFICATE_FILES, readCertificates } from './certificates.ts';

const HOME = 'anchors-title';

/** The certificates that this unit trusts, following every change. Null until they are read; `failed`: they cannot be. */
export function useAnchors(): { anchors: readonly TrustAnchor[] | null; failed: boolean } {
  const [state, setState] = useState<{ anchors: readonly TrustAnchor[] | null; failed: boolean }>({
    anchors: null,
    failed: false,
  });
  useEffect(() => {
    const load = () => {
      readAnchors().then(
        (anchors) => setState({ anchors, failed: false }),
        () => setState({ anchors: [], failed: true }),
      );
    };
    load();
    return watchAnchors(load);
  }, []);
  return state;
}

/** Of a certificate that is not yet, or no longer, good. */
function validityWords({ validFrom, validTo }: Candidate, now: number): string | null {
  if (validTo !== null && validTo < now) return 'Đã hết hạn: chỉ dùng được cho chữ ký ký trước ngày hết hạn.';
  if (validFrom !== null && validFrom > now) return 'Chưa có hiệu lực.';
  return null;
}

/** Whom this unit trusts to vouch for signers: the list, and taking in one more. */
export function Anchors({
  anchors,
  failed,
  now,
}: {
  anchors: readonly TrustAnchor[] | null;
  failed: boolean;
  now: number;
}) {
  const [candidates, setCandidates] = useState<Candidate[]>([]);
  const [problem, setProblem] = useState('');
  const saver = useSaver();
  const input = useRef<HTMLInputElement>(null);
  const review = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (candidates.length > 0) review.current?.focus();
  }, [candidates]);

  async function take(files: readonly File[]): Promise<void> {
    saver.clear();
    setProblem('');
    setCandidates([]);
    const found: Candidate[] = [];
    for (const file of files) {
      const read = await readCertificates(file);
      if (typeof read === 'string') {
        setProblem(`${file.name}: ${read}.`);
        return;
      }
      found.push(...read);
    }
    const known = new Set(anchors?.map(({ id }) => id));
    const news = found.filter(({ id }) => !known.has(id));
    if (news.length === 0) setProblem('Chứng thư này đã có trong danh sách.');
    else if (known.size + news.length > MAX_ANCHORS) setProblem(`Danh sách giữ nhiều nhất ${MAX_ANCHORS} chứng thư.`);
    else setCandidates(news);
  }

  async function trust(): Promise<void> {
    const taken = candidates.map(({ id, name, validTo, der }) => ({ id, name, validTo, der }));
    const saved = await saver.save(
      async () => {
        await addAnchors(taken);
        return () => removeAnchors(taken.map(({ id }) => id));
      },
      taken.length === 1 ? 'Đã tin chứng thư' : `Đã tin ${taken.length} chứng thư`,
      true,
    );
    if (saved) setCandidates([]);
  }

  async function forget(anchor: TrustAnchor): Promise<void> {
    await saver.save(
      async () => {
        await removeAnchors([anchor.id]);
        return () => addAnchors([anchor]);
      },
      'Đã bỏ chứng thư',
      true,
    );
  }

  return (
    <section class="card anchors" aria-labelledby={HOME}>
      <h2 id={HOME} tabIndex={-1}>
        Chứng thư gốc tin cậy
      </h2>
      {anchors?.length === 0 && !failed && (
        <p class="soft small">
          Chưa có, nên không kiểm tra được chuỗi chứng thư của chữ ký. Thêm chứng thư CA lấy từ trang của nơi cấp; chứng
          thư chỉ nằm trên máy này.
        </p>
      )}
      {failed && (
        <p class="small" role="alert">
          ▲ Không mở được danh sách trên máy này: không kiểm tra được chuỗi chứng thư.
        </p>
      )}
      {anchors !== null && anchors.length > 0 && (
        <ul>
          {anchors.map((anchor) => (
            <li key={anchor.id}>
              <span>
                <bdi>{anchor.name}</bdi>
                {anchor.validTo !== null && (
                  <span class="soft small">
                    {anchor.validTo < now ? ' đã hết hạn ' : ' đến '}
                    {fullDate(anchor.validTo)}
                  </span>
                )}
              </span>
              <Button kind="small" label={`Bỏ chứng thư ${anchor.name}`} onClick={() => void forget(anchor)}>
                Bỏ
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        <Button onClick={() => input.current?.click()}>Thêm chứng thư CA</Button>
      </p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={CERTIFICATE_FILES}
        aria-label="Chọn chứng thư CA"
        onChange={async ({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // Emptied, so that the same file can be chosen once more.
          currentTarget.value = '';
          if (files.length > 0) await take(files);
        }}
      />
      {problem !== '' && (
        <p class="small" role="alert">
          ▲ {problem}
        </p>
      )}
      {candidates.length > 0 && (
        <div class="candidates">
          <h3 ref={review} tabIndex={-1}>
            Tin {candidates.length === 1 ? 'chứng thư này' : `${candidates.length} chứng thư này`}?
          </h3>
          {candidates.map((candidate) => (
            <dl key={candidate.id} class="facts">
              <Fact name="Của" text={candidate.name} />
              <Fact name="Do ai cấp" text={candidate.issuer === candidate.name ? 'tự cấp (gốc)' : candidate.issuer} />
              {candidate.validTo !== null && <Fact name="Hết hạn" text={fullDate(candidate.validTo)} />}
              <Fact name="SHA-256" text={candidate.id.replace(/..../g, '$& ').trim()} />
              {[
                validityWords(candidate, now),
                candidate.authority ? null : 'Không phải chứng thư CA: chỉ tin chữ ký bằng chính chứng thư này.',
              ].map((warning) => warning && <Fact key={warning} name="▲ Lưu ý" text={warning} />)}
            </dl>
          ))}
          <p class="soft small">Đối chiếu SHA-256 với trang của nơi cấp trước khi tin.</p>
          <p class="actions">
            <Button kind="primary" onClick={() => void trust()}>
              Tin và kiểm tra lại
            </Button>
            <Button
              onClick={() => {
                setCandidates([]);
                document.getElementById(HOME)?.focus();
              }}
            >
              Không tin
            </Button>
          </p>
        </div>
      )}
      <SaveStatus saver={saver} home={HOME} />
    </section>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  );
}
