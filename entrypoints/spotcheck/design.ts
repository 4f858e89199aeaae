import {
  type Allocation,
  type Check,
  type Design,
  deviationOfRate,
  type Goal,
  type Grouping,
  planSample,
  type SampleRecord,
  SamplingError,
  STANDARD_CHECKS,
} from '../../lib/sampling/index.ts';
import type { FrozenAnswer } from './protocol.ts';
import { countOf, percentOf } from './words.ts';

export interface CheckForm {
  name: string;
  /** Rate that the unit declares, as it was typed; empty: none. */
  declared: string;
}

/** The design as it stands in the fields. */
export interface DesignForm {
  by: Grouping | null;
  pool: string;
  allocation: Allocation;
  minimum: string;
  /** Rates of the strata last time, as they were typed; Neyman only. */
  rates: Record<string, string>;
  goal: Goal['kind'];
  confidence: string;
  margin: string;
  expected: string;
  size: string;
  acceptable: string;
  rejectable: string;
  producerRisk: string;
  consumerRisk: string;
  checks: CheckForm[];
}

export const NEW_DESIGN: DesignForm = {
  by: null,
  pool: '1',
  allocation: 'proportional',
  minimum: '2',
  rates: {},
  goal: 'margin',
  confidence: '95',
  margin: '5',
  expected: '50',
  size: '',
  acceptable: '1',
  rejectable: '5',
  producerRisk: '5',
  consumerRisk: '10',
  checks: STANDARD_CHECKS.slice(0, 3).map(({ name }) => ({ name, declared: '' })),
};

/** A field that stands in the way, and why. */
export interface Problem {
  field: string;
  message: string;
}

export interface Made {
  design: Design;
  checks: Check[];
  /** What the design takes of the list. */
  planned: Pick<SampleRecord, 'population' | 'design'>;
}

const PERCENT = 'phải là phần trăm, ví dụ 5 hoặc 2,5';
const WHOLE = 'phải là số nguyên từ 1 trở lên';

/** The fields that count, read; what cannot be read is collected. */
class Fields {
  readonly problems: Problem[] = [];
  readonly #form: DesignForm;

  constructor(form: DesignForm) {
    this.#form = form;
  }

  percent(field: 'confidence' | 'margin' | 'expected' | 'acceptable' | 'rejectable' | 'producerRisk' | 'consumerRisk') {
    return percentOf(this.#form[field]) ?? this.#say(field, PERCENT);
  }

  count(field: 'pool' | 'minimum' | 'size'): number {
    return countOf(this.#form[field]) ?? this.#say(field, WHOLE);
  }

  #say(field: string, message: string): number {
    this.problems.push({ field, message });
    return 0;
  }
}

function goalOf(form: DesignForm, fields: Fields): Goal {
  switch (form.goal) {
    case 'margin':
      return { kind: 'margin', margin: fields.percent('margin'), expected: fields.percent('expected') };
    case 'size':
      return { kind: 'size', size: fields.count('size') };
    case 'plan':
      return {
        kind: 'plan',
        acceptable: fields.percent('acceptable'),
        rejectable: fields.percent('rejectable'),
        producerRisk: fields.percent('producerRisk'),
        consumerRisk: fields.percent('consumerRisk'),
      };
  }
}

function checksOf(form: DesignForm, problems: Problem[]): Check[] {
  const say = (i: number, part: 'name' | 'declared', message: string) =>
    problems.push({ field: `check-${i}-${part}`, message });
  if (form.checks.length === 0) problems.push({ field: 'checks', message: 'chọn ít nhất một mục kiểm tra' });
  return form.checks.map(({ name: typed, declared: text }, i) => {
    const name = typed.normalize('NFC').trim();
    if (name === '' || name.length > 200) say(i, 'name', 'mục kiểm tra phải có tên (1–200 ký tự)');
    else if (form.checks.findIndex((one) => one.name.normalize('NFC').trim() === name) < i)
      say(i, 'name', `mục «${name}» có hai lần`);
    const declared = text.trim() === '' ? null : percentOf(text);
    if (declared === null && text.trim() !== '') say(i, 'declared', PERCENT);
    return { name, declared };
  });
}

/** Strata of fewer dossiers than this become one; null: what was typed is no such number. */
export const poolOf = (form: DesignForm): number | null => (form.by === null ? 1 : countOf(form.pool));

/** What the form makes of a frozen list, or what stands in the way. */
export function madeOf(
  form: DesignForm,
  { summary, source, column }: FrozenAnswer,
): { ok: true; made: Made } | { ok: false; problems: Problem[] } {
  const fields = new Fields(form);
  const { problems } = fields;
  const goal = goalOf(form, fields);
  const confidence = fields.percent('confidence');
  const { by } = form;
  const allocation = by === null ? null : form.allocation;
  const minimum = by === null ? 2 : fields.count('minimum');
  const pooledUnder = by === null ? 1 : fields.count('pool');
  const deviations = new Map<string, number>();
  if (allocation === 'neyman')
    summary.strata.forEach(({ name }, i) => {
      const text = form.rates[name] ?? '';
      const rate = percentOf(text);
      if (rate !== null) deviations.set(name, deviationOfRate(rate));
      else if (text.trim() !== '') problems.push({ field: `rate-${i}`, message: `«${name}»: ${PERCENT}` });
    });
  const checks = checksOf(form, problems);
  if (problems.length > 0) return { ok: false, problems };
  const design: Design = { goal, confidence, allocation, minimum, deviations };
  try {
    const planned = planSample(summary, { source, by, column, pooledUnder }, design);
    return { ok: true, made: { design, checks, planned } };
  } catch (error) {
    if (!(error instanceof SamplingError)) throw error;
    return { ok: false, problems: [{ field: fieldOf(form, error), message: error.message }] };
  }
}

/** The field that a refusal is about. */
function fieldOf({ goal }: DesignForm, { fault, message }: SamplingError): string {
  if (message.startsWith('độ tin cậy')) return 'confidence';
  if (message.startsWith('mỗi nhóm')) return 'minimum';
  if (message.startsWith('tỷ lệ dự kiến')) return 'expected';
  if (fault === 'plan') return message.startsWith('rủi ro') ? 'producerRisk' : 'acceptable';
  return goal === 'size' ? 'size' : 'margin';
}
