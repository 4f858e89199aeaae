/**
 * Search, detail and files of an OpenCPS city over its REST interface, from the city's planted book (protocols.md §4.2).
 * The pages of `host.ts` are another server: they show the population, this one answers a program.
 */

import { Book } from '../book.ts';
import { dayOf } from '../naive-time.ts';
import type { BookRow, Planted } from '../planted-types.ts';
import type { Answer, Route, Upstream, WireRequest } from '../upstream.ts';
import { type CitySearchOptions, SANDBOX_SECRETS } from '../upstream-types.ts';
import type { WireShape } from '../wire-shape.ts';

type Fields = Record<string, unknown>;

const STATUS_KEYS = [
  'interoperating',
  'new',
  'receiving',
  'unresolved',
  'processing',
  'waiting',
  'paying',
  'cancelled',
  'denied',
  'releasing',
  'done',
];
const FIRST_ID = 55_000;
const SECOND_ID = 50_000_000;
const DOSSIERS = '/o/rest/v2/dossiers';
/** d/M/yyyy; anything else is dropped without a word. */
const DAY_TEXT = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

function dayNumber(text: string): number | undefined {
  const [, day, month, year] = DAY_TEXT.exec(text) ?? [];
  if (year === undefined) return undefined;
  return Math.floor(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000);
}

function record(row: BookRow, id: number, shape: WireShape): Fields {
  const { code, otherCode } = shape.codes(row);
  return {
    dossierId: id,
    groupId: Number(SANDBOX_SECRETS.citysearch.groupId),
    referenceUid: `mau-${id}`,
    counter: row.index + 1,
    serviceCode: row.procedure.code,
    serviceName: row.procedure.name,
    govAgencyCode: row.unit.code,
    govAgencyName: row.unit.name,
    domainName: row.procedure.sector,
    applicantName: row.owner.name.toLocaleUpperCase('vi'),
    applicantIdType: 'citizen',
    applicantIdNo: row.owner.identity,
    address: row.owner.address.replaceAll('.', ''),
    contactName: row.owner.name,
    contactTelNo: row.owner.phone,
    contactEmail: row.owner.email,
    dossierNo: code,
    originDossierNo: otherCode,
    nationCode: otherCode,
    submitDate: shape.moment(row, 'submittedAt', 'vi'),
    receiveDate: shape.moment(row, 'receivedAt', 'vi'),
    dueDate: shape.moment(row, 'dueAt', 'vi'),
    extendDate: '',
    releaseDate: shape.moment(row, 'finishedAt', 'vi'),
    finishDate: row.status === 10 ? shape.moment(row, 'finishedAt', 'vi') : '',
    modifiedDate: shape.moment(row, 'updatedAt', 'vi'),
    dossierStatus: STATUS_KEYS[row.status] ?? '',
    dossierStatusText: row.statusText,
    dossierSubStatus: '',
    dossierSubStatusText: '',
    dossierOverdue: '',
    lockState: row.status === 5 || row.status === 6 ? 'PAUSE' : '',
    viaPostal: row.channel === 'post' ? 1 : 0,
    online: String(row.channel === 'online'),
    originality: 3,
    metaData: '{}',
    durationCount: 0,
    durationUnit: 0,
  };
}

function fileRecords(row: BookRow, id: number): Fields[] {
  const file = (dossierPartNo: string, dossierPartType: number, displayName: string): Fields => ({
    dossierFileId: id * 10 + dossierPartType,
    referenceUid: `tep-${id}-${dossierPartType}`,
    dossierPartNo,
    dossierPartType,
    displayName,
    fileType: 'pdf',
    fileSize: 1024,
    isNew: 'false',
    removed: 'false',
    eForm: 'false',
  });
  const papers = [file('TP01', 1, 'Tờ khai.pdf')];
  return row.hasResult ? [...papers, file('KQ01', 2, 'Kết quả giải quyết.pdf')] : papers;
}

/** Ids of the rows: two rows of one code are two dossiers to the system, whatever they are to people. */
function makeIds(rows: readonly BookRow[]): { of(row: BookRow): number; find(id: string): BookRow | undefined } {
  const byRow = new Map<BookRow, number>();
  const byId = new Map<string, BookRow>();
  for (const row of rows) {
    const first = FIRST_ID + row.index;
    const id = byId.has(String(first)) ? SECOND_ID + row.index : first;
    byRow.set(row, id);
    byId.set(String(id), row);
  }
  return { of: (row) => byRow.get(row) ?? FIRST_ID + row.index, find: (id) => byId.get(id) };
}

/** Filters that are given and well formed; all others let every dossier pass. */
function matcher({ query }: WireRequest): (row: BookRow) => boolean {
  const from = dayNumber(query.get('fromReceiveDate') ?? '');
  const to = dayNumber(query.get('toReceiveDate') ?? '');
  const agency = query.get('agency') ?? '';
  const status = query.get('status') ?? '';
  const wanted = status.split(',');
  return (row) => {
    const day = dayOf(Math.floor(row.receivedAt / 60));
    if (from !== undefined && day < from) return false;
    if (to !== undefined && day > to) return false;
    if (agency !== '' && row.unit.code !== agency) return false;
    return status === '' || wanted.includes(STATUS_KEYS[row.status] ?? '');
  };
}

function pageOf({ query }: WireRequest, limit: number): { start: number; end: number } {
  const whole = (name: string): number => Math.floor(Number(query.get(name) ?? '')) || 0;
  const start = Math.max(0, whole('start'));
  const end = whole('end');
  return { start, end: Math.min(end > start ? end : start + 10, start + limit) };
}

export function makeCitySearch(planted: Planted, options: CitySearchOptions = {}): Upstream {
  const book = new Book(planted.city);
  const ids = makeIds(planted.city);
  const { groupId = SANDBOX_SECRETS.citysearch.groupId, pageLimit = 10_000 } = options;
  let open = true;

  /** "Not logged in" is HTTP 203, everything else that fails is 403 with these words. */
  function refused(request: WireRequest): Answer | undefined {
    const { username, password } = options;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    if (!open || (username !== undefined && request.header('authorization') !== basic)) {
      // An ended session is noticed once; the caller's next call logs in again.
      open = true;
      return { status: 203, body: { code: 203, message: 'Non-Authoritative Information.', description: '' } };
    }
    if (request.header('groupid') !== groupId)
      return { status: 403, body: { code: 403, message: 'No Content.', description: '' } };
    return undefined;
  }

  function search(request: WireRequest, shape: WireShape): Answer {
    const code = request.query.get('dossierNo') ?? '';
    const rows = (code === '' ? book.rows : book.find(code)).filter(matcher(request));
    const { start, end } = pageOf(request, pageLimit);
    // A server that does not care how much was asked for.
    const big = shape.rule('big-page');
    const page = rows.slice(start, big === undefined ? end : start + (big.rows ?? 10_000));
    const data = page.map((row) => record(row, ids.of(row), shape));
    return { body: { total: rows.length, data } };
  }

  function one(id: string): BookRow | undefined {
    return book.find(id)[0] ?? ids.find(id);
  }

  return {
    id: 'citysearch',
    route(request): Route {
      const rest = request.path.startsWith(`${DOSSIERS}/`) ? request.path.slice(DOSSIERS.length + 1) : '';
      const [id = '', part] = rest.split('/').map(decoded);
      if (request.path === DOSSIERS) {
        const { start, end } = pageOf(request, pageLimit);
        const days = ['fromReceiveDate', 'toReceiveDate'].map((name) => request.query.get(name) ?? '');
        const about = request.query.get('dossierNo') ?? [request.query.get('agency') ?? '', ...days].join('|');
        return {
          service: 'search',
          about: `${about} ${start}-${end}`,
          answer: (shape) => refused(request) ?? search(request, shape),
        };
      }
      const row = id === '' ? undefined : one(id);
      const missing: Answer = { status: 404, body: { code: 404, message: 'Không tìm thấy dữ liệu', description: '' } };
      const answer = (shape: WireShape): Answer => {
        if (row === undefined) return missing;
        if (part === undefined) return { body: record(row, ids.of(row), shape) };
        const data = fileRecords(row, ids.of(row));
        return part === 'files' ? { body: { total: data.length, data } } : missing;
      };
      const service = part === 'files' ? 'files' : 'detail';
      return { service, about: id, answer: (shape) => refused(request) ?? answer(shape) };
    },
    expire: () => {
      open = false;
    },
    refusal: () => ({ code: 500, message: 'Có lỗi trong quá trình xử lý', description: '' }),
    duplicate: () => ({ code: 409, message: 'Hồ sơ đã tồn tại', description: '' }),
  };
}

/** A code may hold slashes; broken escapes are no code. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
