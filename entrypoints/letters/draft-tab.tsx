import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import { fileNameOf, type Letter, type LetterUnit, valuesOf } from '../../lib/letters/index.ts';
import { timeOf } from '../../lib/text/index.ts';
import { Button, LiveRegion } from '../../lib/ui/index.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { download } from '../shared/download.ts';
import { EMPTY_DRAFT, type LetterDraft, type Target } from './draft.ts';
import { DraftForm } from './draft-form.tsx';
import { FaultSummary } from './fields.tsx';
import { DOCX_TYPE } from './files.ts';
import { entryOf, type RegisterState, readSource, type Source } from './hooks.ts';
import { make, optionOf, previewValues, type TemplateOption } from './make.ts';
import { Messages } from './messages.tsx';
import { type DrawNow, Preview } from './preview.tsx';
import { readLetter } from './read.ts';
import { SourceBar } from './source-bar.tsx';
import { apologyOf, takeStep } from './steps.ts';

const TITLE = 'Đúng Hẹn: thư xin lỗi';
const SAVE_HOME = 'draft-outputs';

/** One letter: questions on the left, the paper on the right. */
export function DraftTab({
  target,
  active,
  now,
  basis,
  unit,
  options,
  register,
  onGo,
}: {
  target: Target | null;
  active: boolean;
  now: number;
  basis: Basis;
  unit: LetterUnit;
  options: readonly TemplateOption[];
  register: RegisterState;
  /** Brings a control to the front, in whichever tab it is. */
  onGo: (field: string) => void;
}) {
  const [draft, setDraft] = useState<LetterDraft>({ ...EMPTY_DRAFT, code: target?.code ?? '' });
  const [source, setSource] = useState<Source>({
    kind: target ? 'reading' : 'none',
    host: '',
    recipient: null,
    record: null,
  });
  const [readAt, setReadAt] = useState<number | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [said, setSaid] = useState('');
  const saver = useSaver();
  const drawNow = useRef<DrawNow>(async () => false);

  const entry = entryOf(register, source.host, draft.code.trim());
  const option = optionOf(options, draft.template);
  const registered = entry?.reappointments ?? 0;
  const reading = useMemo(
    () => readLetter(draft, { unit, form: option.form, basis, now, registered }),
    [draft, unit, option.form, basis, now, registered],
  );
  const { letter, faults } = reading;
  // The record of the page says nothing of another code that was typed over it.
  const about = source.record?.code === draft.code.trim() ? source.record : null;
  const values = useMemo(() => previewValues(reading, unit), [reading, unit]);
  // Until someone asks for the letter, what is missing is no fault; what is wrong is one at once.
  const sent = entry?.state === 'issued';
  const shown = attempt > 0 ? faults : faults.filter(({ missing }) => !missing && !sent);
  const change = (part: Partial<LetterDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function readPage(first: boolean): Promise<void> {
    if (!target) return;
    const before = draft;
    setSource((old) => ({ ...old, kind: 'reading' }));
    const { source: next, found } = await readSource(target);
    setSource(next);
    if (next.kind === 'read') setReadAt(now);
    // A page that does not answer takes nothing away from what stands in the form.
    if (first || next.kind === 'read') change(found);
    if (!first && next.kind === 'read')
      await saver.save(async () => async () => setDraft(before), `Đã đọc lại từ trang lúc ${timeOf(now)}`);
  }

  useEffect(() => {
    void readPage(true);
  }, []);

  /** Hands the letter out when it is whole; else says what is missing. Each way out is noted as a draft in the register. */
  async function deliver(hand: (letter: Letter) => Promise<string | null>): Promise<void> {
    setSaid('');
    if (!letter) {
      setAttempt(attempt + 1);
      return;
    }
    const done = await hand(letter);
    if (done === null) return;
    await note(done);
  }

  const keyOf = ({ maHoSo, coQuanBanHanh }: Letter) => ({
    code: maHoSo,
    host: entry?.host ?? source.host,
    unit: about?.unit ?? coQuanBanHanh,
    procedureCode: about?.procedure.code,
    oldDueAt: reading.dueAt ?? undefined,
    letterDueAt: reading.letterDueAt ?? undefined,
  });

  async function note(done: string): Promise<void> {
    if (!letter) return;
    const { ngayHenTraMoi, kenhGui } = letter;
    await saver.save(async () => {
      const event = {
        type: 'draft',
        newDueAt: ngayHenTraMoi.at,
        reasonId: draft.reasonId || 'other',
        channel: kenhGui,
      } as const;
      const taken = await takeStep(keyOf(letter), event, now, apologyOf(basis, reading.dueAt, now));
      if (!taken.ok) setSaid(taken.message);
      return taken.ok ? taken.back : null;
    }, `${done}. Sổ ghi: đã soạn`);
  }

  const saveDocx = () =>
    deliver(async (whole) => {
      const made = await make(option, valuesOf(whole));
      if (!made.ok) {
        setSaid(made.message);
        return null;
      }
      download(made.bytes, `${fileNameOf(whole.maHoSo, now)}.docx`, DOCX_TYPE);
      return 'Đã tải .docx';
    });

  const print = () =>
    deliver(async (whole) => {
      if (!(await drawNow.current(valuesOf(whole)))) {
        setSaid('Chưa vẽ được thư để in. Hãy thử lại, hoặc tải .docx.');
        return null;
      }
      // What the browser proposes as the name of the PDF.
      document.title = fileNameOf(whole.maHoSo, now);
      window.print();
      document.title = TITLE;
      return 'Đã mở hộp in';
    });

  const copy = (text: string, what: string) =>
    deliver(async () => {
      try {
        await navigator.clipboard.writeText(text);
        return `Đã chép: ${what.toLowerCase()}`;
      } catch {
        setSaid('Trình duyệt không cho chép. Hãy bấm vào trang rồi thử lại.');
        return null;
      }
    });

  async function issue(): Promise<void> {
    setSaid('');
    if (!letter) {
      setAttempt(attempt + 1);
      return;
    }
    // The date that went out stays in the form: once sent, the calendar proposes no further one.
    change({ next: reading.next });
    await saver.save(async () => {
      const event = { type: 'issue', channel: letter.kenhGui } as const;
      const taken = await takeStep(keyOf(letter), event, now, apologyOf(basis, reading.dueAt, now));
      if (!taken.ok) setSaid(taken.message);
      return taken.ok ? taken.back : null;
    }, 'Sổ ghi: đã gửi');
  }

  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const work = { s: saveDocx, p: print }[event.key.toLowerCase()];
      if (!work) return;
      event.preventDefault();
      void work();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  const missing = faults.filter(({ missing: unanswered }) => unanswered).length;
  return (
    <div class="draft">
      <form aria-label="Nội dung thư" onSubmit={(event) => event.preventDefault()}>
        <SourceBar
          target={target}
          source={source}
          readAt={readAt}
          entry={entry}
          onRead={() => void readPage(false)}
          onSay={setSaid}
        />
        <FaultSummary
          title={`Chưa xuất được thư: có ${faults.length} chỗ cần xem lại`}
          faults={faults}
          attempt={attempt}
          onGo={onGo}
        />
        <DraftForm
          draft={draft}
          reading={reading}
          faults={shown}
          source={source}
          options={options}
          unit={unit}
          onChange={change}
        />
      </form>
      <div class="result">
        <div class="outputs" id={SAVE_HOME} tabIndex={-1}>
          <div class="actions">
            <Button kind="primary" title="Ctrl+S" onClick={() => void saveDocx()}>
              Tải .docx
            </Button>
            <Button title="Ctrl+P" onClick={() => void print()}>
              In / lưu PDF
            </Button>
            <Button onClick={() => void issue()}>Đã gửi</Button>
            {missing > 0 && <span class="soft">Còn thiếu {missing} nội dung</span>}
          </div>
          <SaveStatus saver={saver} home={SAVE_HOME} />
          <LiveRegion message={said} />
          {said !== '' && (
            <p class="warning" aria-hidden="true">
              {said}
            </p>
          )}
        </div>
        <Preview option={option} values={values} complete={letter !== null} active={active} drawNow={drawNow} />
        <p class="unprintable">Thư còn thiếu nội dung nên chưa in được. Hãy quay lại trang và bổ sung.</p>
        <div class="messages">
          <h2>Tin nhắn và thư điện tử</h2>
          <Messages letter={letter} onCopy={(text, what) => void copy(text, what)} />
        </div>
      </div>
    </div>
  );
}
