/** Jobs against the simulated systems: the configuration that reaches them, and what a report must say of planted books. */
import { type ConnectorConfig, readConfig, readerOf, upstreamOf } from '../../connectors/index.ts';
import {
  DIFFERENCE_CLASSES,
  type Difference,
  type DifferenceClass,
  type JobSource,
  type JobSpec,
  type ReconcileReport,
  type ReconcileRules,
  rulesAt,
  type Side,
  type SourceReader,
} from '../../lib/reconcile/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import type { Planted } from '../sandbox/planted-types.ts';
import { SANDBOX_SECRETS, type Upstreams } from '../sandbox/upstream-types.ts';

export const NAMES: Record<Side, string> = { city: 'mot-cua', national: 'cong-quoc-gia', lgsp: 'truc-lgsp' };

const VALUES: Record<string, string> = {
  MAT_KHAU_CONG: SANDBOX_SECRETS.dvcqg.password,
  KHOA_TRUY_CAP: SANDBOX_SECRETS.lgsp.keys.AccessKey,
  KHOA_BI_MAT: SANDBOX_SECRETS.lgsp.keys.SecretKey,
  MAT_KHAU_TRUC: SANDBOX_SECRETS.lgsp.busPassword,
};
/** The environment that the configuration points at. */
export const ENVIRONMENT: Readonly<Record<string, string>> = VALUES;

export interface ConfigOptions {
  quota?: number;
  /** Seconds for one try. */
  timeout?: number;
  list?: 'none' | 'full';
}

/** `dunghen.config.json` for the three simulated systems. */
export function configText(
  { urls, planted }: Upstreams,
  { quota = 10_000, timeout = 5, list = 'full' }: ConfigOptions = {},
): string {
  const remote = { quota, timeout, totalTimeout: 30, units: planted.units };
  const { AppName, PartnerCode, PartnerCodeCus } = SANDBOX_SECRETS.lgsp.keys;
  return JSON.stringify({
    upstreams: [
      {
        kind: 'opencps',
        id: NAMES.city,
        baseUrl: urls.citysearch,
        ...remote,
        groupId: SANDBOX_SECRETS.citysearch.groupId,
        results: true,
      },
      {
        kind: 'dvcqg',
        id: NAMES.national,
        baseUrl: urls.dvcqg,
        ...remote,
        username: SANDBOX_SECRETS.dvcqg.username,
        madonvi: SANDBOX_SECRETS.dvcqg.madonvi,
        password: { env: 'MAT_KHAU_CONG' },
        capabilities: { list },
      },
      {
        kind: 'lgsp',
        id: NAMES.lgsp,
        baseUrl: urls.lgsp,
        ...remote,
        schemes: ['esb'],
        keys: {
          appName: AppName,
          accessKey: { env: 'KHOA_TRUY_CAP' },
          secretKey: { env: 'KHOA_BI_MAT' },
          partnerCode: PartnerCode,
          partnerCodeCus: PartnerCodeCus,
        },
        bus: { user: SANDBOX_SECRETS.lgsp.busUser, password: { env: 'MAT_KHAU_TRUC' } },
      },
    ],
  });
}

export interface World {
  spec: JobSpec;
  readers: Partial<Record<Side, SourceReader>>;
  rules: ReconcileRules;
}

/** The readers that the configuration gives, and the job over all that the books hold. */
export async function worldOf(upstreams: Upstreams, sides: readonly Side[], options?: ConfigOptions): Promise<World> {
  const { planted } = upstreams;
  const reading = readConfig(configText(upstreams, options));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const config: ConnectorConfig = reading.data;
  const secrets = {
    read: async (ref: { env: string } | { file: string }) => ({
      ok: true as const,
      value: VALUES['env' in ref ? ref.env : ''] ?? '',
    }),
  };
  const readers: World['readers'] = {};
  const sources: JobSource[] = [];
  for (const side of sides) {
    const upstream = upstreamOf(config, NAMES[side]);
    if (!upstream.ok || upstream.value.kind === 'file') throw new Error(NAMES[side]);
    const made = await readerOf(upstream.value, { secrets, period: planted.period });
    if (!made.ok) throw new Error(made.error.message);
    readers[side] = made.value;
    sources.push({ side, mode: made.value.mode, name: NAMES[side], lookup: made.value.lookup !== undefined });
  }
  const { period, units, now } = planted;
  const spec: JobSpec = { version: 1, sources, units, period, now: now * 60, seed: 'thử', recheck: null };
  return { spec, readers, rules: rulesOf(planted) };
}

/** The shipped rules, with the planted procedures of other systems. */
function rulesOf({ now, outsidePrefixes }: Planted): ReconcileRules {
  const rules = rulesAt(dayOf(now));
  const outside = {
    id: 'planted',
    label: 'thủ tục mẫu của hệ thống khác',
    procedures: outsidePrefixes.map((prefix) => `${prefix}*`),
    units: [],
    source: 'hộp thử',
    certainty: 'unit' as const,
  };
  return { ...rules, outside: [...rules.outside, outside] };
}

const sorted = (names: Iterable<DifferenceClass>): string =>
  [...new Set(names)].sort((a, b) => DIFFERENCE_CLASSES.indexOf(a) - DIFFERENCE_CLASSES.indexOf(b)).join('+');

const codesOf = ({ code, records }: Difference): string[] => [
  code,
  ...Object.values(records).flatMap((record) => [record.code, ...(record.aliases ?? [])]),
];

/** What does not stand in the report as it was planted, one line each; empty: every case, and nothing else. */
export function faultsOf({ differences, unreadable }: ReconcileReport, { expected }: Planted): string[] {
  const byCode = new Map<string, Difference[]>();
  for (const difference of differences)
    for (const code of new Set(codesOf(difference).map((text) => text.normalize('NFC').trim().toUpperCase())))
      byCode.set(code, [...(byCode.get(code) ?? []), difference]);
  const lines: string[] = [];
  const explained = new Set<Difference>();
  for (const [shown, { kind, classes, may, outcome, codes }] of expected) {
    const keys = codes.map((code) => code.normalize('NFC').trim().toUpperCase());
    const found = [...new Set(keys.flatMap((code) => byCode.get(code) ?? []))];
    for (const one of found) explained.add(one);
    const lost = unreadable.filter(
      ({ code }) => code !== undefined && keys.includes(code.normalize('NFC').trim().toUpperCase()),
    );
    const names = found.flatMap((one) => one.findings.map((finding) => finding.class));
    if (lost.length > 0) names.push('unreadable');
    const rest = names.filter((name) => classes.includes(name) || !may.includes(name));
    if (sorted(rest) !== sorted(classes))
      lines.push(`${kind} ${shown}: chờ ${sorted(classes) || 'khớp'}, thấy ${sorted(names) || 'khớp'}`);
    else if (found.length > 0 && !found.some((one) => one.outcome === outcome))
      lines.push(`${kind} ${shown}: chờ ${outcome}, thấy ${found.map((one) => one.outcome).join()}`);
  }
  for (const one of differences)
    if (!explained.has(one))
      lines.push(
        `không cài ${one.code}: ${sorted(one.findings.map((finding) => finding.class))} ${JSON.stringify(one.findings[0]?.values)}`,
      );
  return lines;
}
