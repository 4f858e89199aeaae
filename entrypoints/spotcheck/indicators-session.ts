import { FileError, inspectFacts, type SourceFile } from '../../connectors/index.ts';
import { buildTable } from '../../lib/calendar/index.ts';
import { mergeCatalogues, SHIPPED_CATALOGUE } from '../../lib/digitization/index.ts';
import {
  IndicatorSums,
  IndicatorsError,
  limitCounter,
  lookupIn,
  parsePeriod,
  readTargets,
  tableInForce,
} from '../../lib/indicators/index.ts';
import { problemText } from '../../lib/json/index.ts';
import {
  type ComputeAsk,
  type ComputedFigures,
  type IndicatorAnswer,
  type IndicatorAnswers,
  type IndicatorAsk,
  IndicatorMessage,
} from './indicators-protocol.ts';
import { readSource } from './indicators-source-read.ts';

const wordsOf = (error: unknown): string =>
  error instanceof FileError || error instanceof IndicatorsError
    ? error.message
    : 'có lỗi khi đọc dữ liệu trên máy này; hãy thử lại';

/** A Blob that came over from the page has lost its name. */
const named = (blob: Blob, name: string): SourceFile => ({
  name,
  size: blob.size,
  stream: () => blob.stream(),
  slice: (from, to) => blob.slice(from, to),
  arrayBuffer: () => blob.arrayBuffer(),
});

async function compute(
  { source, period: text, unit, now, basis, targets: file }: ComputeAsk,
  progress: (rows: number) => void,
): Promise<ComputedFigures> {
  const period = parsePeriod(text);
  if (period === null) throw new IndicatorsError('kỳ không hợp lệ: ngày đầu phải trước ngày cuối, không quá 400 ngày');
  const table = tableInForce(period.to);
  if (table === null) throw new IndicatorsError('chưa có bảng chỉ số nào áp dụng cho kỳ này');
  const targets = file === null ? null : readTargets(file, table);
  if (targets?.ok === false)
    throw new IndicatorsError(targets.problems.map((problem) => problemText('tệp mục tiêu', problem)).join('; '));
  const sums = new IndicatorSums({
    period,
    now,
    table,
    unit: unit ?? undefined,
    byUnit: true,
    targets: targets?.targets,
    procedures: lookupIn(mergeCatalogues([SHIPPED_CATALOGUE, ...basis.catalogues])),
    dueOfLimit: limitCounter(basis.rules, buildTable(basis.calendar)),
  });
  const notes = await readSource(source, named, { add: (record) => sums.add(record), progress });
  return { report: sums.finish(), ...notes };
}

/** The thread of the indicators: a source is read anew for each question, so that memory does not grow with it. */
export class IndicatorSession {
  readonly #answer: (answer: IndicatorAnswer) => void;

  constructor(answer: (answer: IndicatorAnswer) => void) {
    this.#answer = answer;
  }

  /** Takes one message of the page; what is no such message is refused in words. */
  async receive(message: unknown): Promise<void> {
    const read = IndicatorMessage.safeParse(message);
    if (!read.success) {
      const nr = Number((message as { nr?: unknown } | null)?.nr);
      return this.#answer({ nr, kind: 'refused', message: 'yêu cầu không đúng dạng; hãy tải lại trang' });
    }
    const { nr, ask } = read.data;
    try {
      const value = await this.#take(ask, (rows) => this.#answer({ nr, kind: 'progress', rows }));
      this.#answer({ nr, kind: 'done', value });
    } catch (error) {
      this.#answer({ nr, kind: 'refused', message: wordsOf(error) });
    }
  }

  #take(ask: IndicatorAsk, progress: (rows: number) => void): Promise<IndicatorAnswers[IndicatorAsk['type']]> {
    return ask.type === 'look' ? inspectFacts(named(ask.file, ask.name), ask.mapping) : compute(ask.ask, progress);
  }
}
