import * as z from 'zod/mini';
import { type JsonProblem, type JsonReading, problemText, readJson } from '../lib/json/index.ts';
import { LGSP_PATHS, LGSP_SCHEMES } from './lgsp/index.ts';

/** The remote systems of `dunghen.config.json`. It holds addresses and names; secrets are only pointed at. */

/** Where a secret is: an environment variable, or a file that only its owner may read (mode 0600). Never the secret itself. */
const NOT_A_SECRET =
  'không ghi bí mật vào tệp này: dùng {"env": "TÊN_BIẾN"} hoặc {"file": "đường/dẫn"} (tệp chỉ chủ đọc được, 0600)';
export const SecretRef = z.union(
  [
    z.strictObject({ env: z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'không phải tên biến môi trường')) }),
    z.strictObject({ file: z.string().check(z.minLength(1)) }),
  ],
  { error: (issue) => (issue.input === undefined ? 'thiếu trường này' : NOT_A_SECRET) },
);
export type SecretRef = z.infer<typeof SecretRef>;

/** Gives what a reference points at. The command line reads files and variables; the extension, its session store. */
export interface Secrets {
  /** Throws nothing; the text of a failure names the reference, never the secret. */
  read(ref: SecretRef): Promise<{ ok: true; value: string } | { ok: false; message: string }>;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** https, or http to this very machine; no user, password, query or fragment in it, for those would reach logs. */
export function addressProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 'không phải địa chỉ web';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    return 'phải là https:// (http:// chỉ được dùng cho chính máy này)';
  if (url.username !== '' || url.password !== '') return 'không ghi tài khoản trong địa chỉ';
  return url.search === '' && url.hash === '' ? null : 'không được có phần sau dấu ? hoặc #';
}

const Address = z.string().check(
  z.superRefine((text, context) => {
    const message = addressProblem(text);
    if (message !== null) context.addIssue({ code: 'custom', message, input: text });
  }),
);

const Name = z.string().check(z.minLength(1), z.maxLength(200));
const Path = z.string().check(
  z.regex(/^[^?#\s]+$/, 'không phải đường dẫn'),
  z.refine((p) => !/^[a-z]+:|\.\.|\/\/|\\/i.test(p), 'không phải đường dẫn'),
);
const Seconds = z.number().check(z.gte(1), z.lte(600));
const Units = z.array(Name).check(z.maxLength(2000));

/** What every remote system has. */
const remote = {
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, 'chỉ gồm chữ thường, số, gạch nối; bắt đầu bằng chữ')),
  baseUrl: Address,
  /** Calls a second that the counterpart allows; never exceeded. */
  quota: z._default(z.number().check(z.gt(0), z.lte(10_000)), 5),
  /** Seconds for one try and for all tries of a call. */
  timeout: z._default(Seconds, 30),
  totalTimeout: z._default(Seconds, 90),
  /** PEM file of a private certificate authority (Node only). Checking certificates cannot be switched off. */
  caFile: z.optional(Name),
  /** Codes of the units that are asked for. */
  units: z._default(Units, []),
  /** The system writes local time with a `Z` behind it. */
  falseZ: z._default(z.boolean(), false),
};

const FiveKeys = z.strictObject({
  appName: Name,
  accessKey: SecretRef,
  secretKey: SecretRef,
  partnerCode: Name,
  partnerCodeCus: z.optional(Name),
});

const Lgsp = z
  .strictObject({
    kind: z.literal('lgsp'),
    ...remote,
    /** One header scheme or two of them. */
    schemes: z.array(z.enum(LGSP_SCHEMES)).check(z.minLength(1), z.maxLength(2)),
    /** AppName, AccessKey, SecretKey, PartnerCode: for `esb` and `lgspaccesstoken`. */
    keys: z.optional(FiveKeys),
    oauth2: z.optional(
      z.strictObject({
        path: z._default(Path, 'token'),
        clientId: Name,
        clientSecret: SecretRef,
        /** Where the client's id and secret go. */
        credentials: z._default(z.enum(['body', 'basic']), 'body'),
      }),
    ),
    /** Account of the dossier bus, where it has one of its own (`getToken`, Basic). */
    bus: z.optional(z.strictObject({ user: Name, password: SecretRef })),
    /** Paths of the counterpart; the catalogue of LGSP-HCM names none for the bus. */
    paths: z._default(
      z.strictObject({
        busToken: z._default(Path, LGSP_PATHS.busToken),
        list: z._default(Path, LGSP_PATHS.list),
        detail: z._default(Path, LGSP_PATHS.detail),
        acknowledge: z._default(Path, LGSP_PATHS.acknowledge),
        results: z._default(Path, LGSP_PATHS.results),
      }),
      LGSP_PATHS,
    ),
    /** Tax number of a public enterprise for «Kiểm tra kết nối». */
    probe: z._default(z.string().check(z.regex(/^\d{10}(-\d{3})?$/, 'không phải mã số doanh nghiệp')), '0300000000'),
  })
  .check(
    z.superRefine(({ schemes, keys, oauth2 }, context) => {
      const complain = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [field], message, input: undefined });
      const wants = (scheme: (typeof LGSP_SCHEMES)[number]) => schemes.includes(scheme);
      if (new Set(schemes).size !== schemes.length) complain('schemes', 'một kiểu được ghi hai lần');
      if (wants('esb') && wants('oauth2'))
        complain('schemes', 'esb và oauth2 cùng dùng tiêu đề Authorization: chọn một');
      if ((wants('esb') || wants('lgspaccesstoken')) && !keys)
        complain('keys', 'thiếu trường này (kiểu đã chọn cần khóa)');
      if (wants('oauth2') && !oauth2) complain('oauth2', 'thiếu trường này (kiểu đã chọn cần tài khoản)');
    }),
  );

const Dvcqg = z.strictObject({
  kind: z.literal('dvcqg'),
  ...remote,
  username: Name,
  password: SecretRef,
  madonvi: Name,
  /** Destination code of the exchange adapter; sent as a header only when it is here. */
  dstcode: z.optional(Name),
  paths: z._default(
    z.strictObject({
      login: z._default(Path, 'mapi/login'),
      integration: z._default(Path, 'mapi/g'),
      share: z._default(Path, 'mapi/g'),
    }),
    { login: 'mapi/login', integration: 'mapi/g', share: 'mapi/g' },
  ),
  /** What the counterpart has confirmed that it offers; nothing is assumed. */
  capabilities: z._default(
    z.strictObject({
      /** `DanhSachHoSo` by window. `codes`: its rows lack what is compared, so that each code is looked up as well. */
      list: z._default(z.enum(['none', 'codes', 'full']), 'none'),
      /** Days in one window. */
      windowDays: z._default(z.int().check(z.gte(1), z.lte(31)), 3),
      /** `donViXuLy` goes with every look-up (the driving-licence variant). */
      unitInLookup: z._default(z.boolean(), false),
      /** `DongBoHoSoMC` and `CapNhatTienDoHoSoMC` may be used for the re-sync. */
      resync: z._default(z.boolean(), false),
    }),
    { list: 'none', windowDays: 3, unitInLookup: false, resync: false },
  ),
});

const OpenCps = z.strictObject({
  kind: z.literal('opencps'),
  ...remote,
  groupId: Name,
  username: z.optional(Name),
  password: z.optional(SecretRef),
  /** Also ask for the files of settled dossiers, to compare result papers: one more call each. */
  results: z._default(z.boolean(), false),
});

/** An export of a system, read instead of the system. */
const File = z.strictObject({
  kind: z.literal('file'),
  id: remote.id,
  path: Name,
});

export const Upstream = z.discriminatedUnion('kind', [Lgsp, Dvcqg, OpenCps, File]);
export type Upstream = z.infer<typeof Upstream>;
export type LgspUpstream = z.infer<typeof Lgsp>;
export type DvcqgUpstream = z.infer<typeof Dvcqg>;
export type OpenCpsUpstream = z.infer<typeof OpenCps>;

const ConfigFile = z.strictObject({ upstreams: z.array(Upstream).check(z.maxLength(50)) }).check(
  z.superRefine(({ upstreams }, context) => {
    const seen = new Set<string>();
    for (const [i, { id }] of upstreams.entries()) {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: ['upstreams', i, 'id'], message: `«${id}» đã có ở trên`, input: id });
      seen.add(id);
    }
  }),
);
export type ConnectorConfig = z.infer<typeof ConfigFile>;

/** Reads the text of `dunghen.config.json`; every fault comes with its line and field. */
export function readConfig(text: string): JsonReading<ConnectorConfig> {
  return readJson(text, ConfigFile);
}

/** The faults as lines for a person: `dunghen.config.json:7: upstreams[0].baseUrl: …`. */
export function configProblems(file: string, problems: readonly JsonProblem[]): string[] {
  return problems.map((problem) => problemText(file, problem));
}
