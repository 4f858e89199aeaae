import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TagValues } from '../../lib/letters/index.ts';
import { useSettled } from './hooks.ts';
import { make, type TemplateOption } from './make.ts';
import { drawPaper, type Paper } from './paper.ts';

/** After the last key. */
const SETTLE_MS = 150;
/** Words of waiting that come sooner only flicker. */
const PATIENCE_MS = 1000;
/** CSS pixels of a millimetre times 210: a sheet that does not say how wide it is. */
const A4_WIDTH = 794;

type State = { kind: 'drawing' } | { kind: 'ready'; overlong: boolean } | { kind: 'failed'; message: string };

/** Sheet that gives the print dialog the size of the paper. */
const pageSheet = new CSSStyleSheet();

/** One sheet has its margins in the drawing; where the browser breaks it, they are the page's, and from page 2 on it has its number. */
function setPage({ width, height, margins, overlong }: Paper): void {
  const size = width && height ? `${width} ${height}` : 'A4';
  const number = '@top-center { content: counter(page); font: 13pt "Times New Roman", serif; }';
  pageSheet.replaceSync(
    overlong
      ? `@page { size: ${size}; margin: ${margins}; ${number} } @page :first { @top-center { content: none; } }`
      : `@page { size: ${size}; margin: 0; }`,
  );
  if (!document.adoptedStyleSheets.includes(pageSheet))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageSheet];
}

/** Draws the letter at once, without waiting for the next key; resolves with whether it stands there now. */
export type DrawNow = (values: TagValues) => Promise<boolean>;

/** The letter as it will be printed: filled, packed and drawn from the very .docx. */
export function Preview({
  option,
  values,
  complete,
  active,
  drawNow,
}: {
  option: TemplateOption;
  values: TagValues;
  /** False: parts are still marked as missing. */
  complete: boolean;
  /** The tab is in front: a hidden paper has no height to be measured. */
  active: boolean;
  drawNow?: RefObject<DrawNow>;
}) {
  const [state, setState] = useState<State>({ kind: 'drawing' });
  const [slow, setSlow] = useState(false);
  const paper = useRef<HTMLDivElement>(null);
  const desk = useRef<HTMLDivElement>(null);
  /** Number of the drawing that was begun last: an older one that ends later must not cover it. */
  const latest = useRef(0);
  // One string, so that nothing is drawn again when nothing has changed.
  const settled = useSettled(JSON.stringify(values), SETTLE_MS);

  async function draw(wanted: TagValues): Promise<boolean> {
    latest.current += 1;
    const turn = latest.current;
    const isLatest = () => turn === latest.current;
    const timer = setTimeout(() => isLatest() && setSlow(true), PATIENCE_MS);
    const outcome = await drawing(wanted, isLatest).catch(
      (): State => ({ kind: 'failed', message: 'Không vẽ được bản xem trước. Hãy tải .docx và mở bằng Word.' }),
    );
    clearTimeout(timer);
    if (outcome === null || !isLatest()) return false;
    setSlow(false);
    setState(outcome);
    return outcome.kind === 'ready';
  }

  async function drawing(wanted: TagValues, isLatest: () => boolean): Promise<State | null> {
    const made = await make(option, wanted);
    if (!made.ok) return { kind: 'failed', message: made.message };
    const holder = paper.current;
    if (!holder) return null;
    const drawn = await drawPaper(made.bytes, holder.shadowRoot ?? holder.attachShadow({ mode: 'open' }), isLatest);
    if (drawn === null) return null;
    setPage(drawn);
    fitToDesk();
    return { kind: 'ready', overlong: drawn.overlong };
  }

  useEffect(() => {
    if (drawNow) drawNow.current = draw;
  });

  useEffect(() => {
    if (active) void draw(JSON.parse(settled) as TagValues);
    return () => {
      latest.current += 1;
    };
  }, [option.id, option.own?.addedAt, settled, active]);

  /** Makes the sheet as wide as there is room, never larger than on paper. */
  function fitToDesk(): void {
    const holder = paper.current;
    const room = desk.current?.clientWidth ?? 0;
    if (!holder || room === 0) return;
    const sheet = holder.shadowRoot?.querySelector<HTMLElement>('section.docx');
    const width = (sheet && Number.parseFloat(getComputedStyle(sheet).width)) || A4_WIDTH;
    holder.style.setProperty('--zoom', String(Math.min(1, Math.max(0.3, (room - 2) / width))));
  }

  useEffect(() => {
    const { current } = desk;
    if (!current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(fitToDesk);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  return (
    <div class="desk" ref={desk}>
      {slow && (
        <p class="soft" role="status">
          Đang dựng thư…
        </p>
      )}
      {state.kind === 'failed' && (
        <p class="fault" role="alert">
          ▲ {state.message}
        </p>
      )}
      {state.kind === 'ready' && state.overlong && (
        <p class="warning">
          Thư dài hơn một trang. Nên rút gọn lý do; trình duyệt và Word có thể ngắt trang khác nhau.
        </p>
      )}
      <div
        ref={paper}
        class="paper"
        data-state={state.kind}
        data-complete={complete}
        role="document"
        aria-label="Bản xem trước của thư"
        hidden={state.kind === 'failed'}
      />
    </div>
  );
}
