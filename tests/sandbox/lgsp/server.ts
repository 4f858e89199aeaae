/**
 * The simulated LGSP: enterprise look-up and envelope of LGSP-HCM, token endpoint, dossier bus, document sync and result
 * store (protocols.md §2). The paths of the bus are ours: the public client takes them from its configuration.
 */

import { Book } from '../book.ts';
import type { Planted } from '../planted-types.ts';
import { type Answer, jsonObject, type Route, type Upstream, type WireRequest } from '../upstream.ts';
import type { LgspOptions } from '../upstream-types.ts';
import type { WireShape } from '../wire-shape.ts';
import { Bus } from './bus.ts';
import { enterprise, results, syncDocument, updateTraces } from './documents.ts';
import { Gate } from './gate.ts';

interface Service {
  name: string;
  about(request: WireRequest): string;
  answer(request: WireRequest, shape: WireShape): Answer;
}

const query =
  (name: string) =>
  ({ query }: WireRequest): string =>
    query.get(name) ?? '';

const field =
  (name: string) =>
  ({ body }: WireRequest): string =>
    String(jsonObject(body)[name] ?? '');

const nothing = (): string => '';

export function makeLgsp(planted: Planted, options: LgspOptions = {}): Upstream {
  const book = new Book(planted.lgsp);
  const gate = new Gate(options);
  const bus = new Bus(book);
  const guarded = (answer: (request: WireRequest) => Answer) => (request: WireRequest) =>
    gate.check(request) ?? answer(request);
  const onBus = (answer: Service['answer']) => (request: WireRequest, shape: WireShape) =>
    gate.checkBus(request) ?? answer(request, shape);

  const services: Record<string, Service> = {
    'POST /token': { name: 'token', about: nothing, answer: (request) => gate.token(request) },
    'GET /TraCuuThongTinDoanhNghiep': {
      name: 'enterprise',
      about: query('MaSoDoanhNghiep'),
      answer: guarded((request) => ({ body: enterprise(query('MaSoDoanhNghiep')(request)) })),
    },
    'POST /bus/getToken': { name: 'bus-token', about: nothing, answer: (request) => gate.busToken(request) },
    'GET /bus/getListProfile': {
      name: 'bus-list',
      about: query('unit_code'),
      answer: onBus((request, shape) => bus.list(request, shape)),
    },
    'GET /bus/getProfile': {
      name: 'bus-detail',
      about: query('profile_id'),
      answer: onBus((request, shape) => bus.detail(request, shape)),
    },
    'POST /bus/updateStatus': {
      name: 'bus-ack',
      about: query('profile_id'),
      answer: onBus((request) => bus.acknowledge(request)),
    },
    'POST /Document/SyncDocument': {
      name: 'sync-document',
      about: field('DocCode'),
      answer: guarded(({ body }) => ({ body: syncDocument(jsonObject(body), book) })),
    },
    'POST /Document/UpdateDocumentTraces': {
      name: 'traces',
      about: field('DocCode'),
      answer: guarded(({ body }) => ({ body: updateTraces(jsonObject(body), book) })),
    },
    'POST /GetDanhSachKetQua': {
      name: 'results',
      about: field('MaThuTuc'),
      answer: guarded(({ body }) => ({ body: results(jsonObject(body), book) })),
    },
    'GET /TaiTepKetQua': {
      name: 'result-file',
      about: query('DuongDan'),
      answer: guarded(() => ({ headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.4 tệp mẫu' })),
    },
  };

  return {
    id: 'lgsp',
    route(request): Route {
      const key = `${request.method} ${request.path}`;
      const service = Object.hasOwn(services, key) ? services[key] : undefined;
      if (service === undefined)
        return { service: 'unknown', about: request.path, answer: () => ({ status: 404, body: '<h1>404</h1>' }) };
      return {
        service: service.name,
        about: service.about(request),
        answer: (shape) => service.answer(request, shape),
      };
    },
    expire: () => gate.expire(),
    refusal: () => ({
      StatusCode: 500,
      Status: 'ERROR',
      ThrowException: 'System.Exception',
      Description: 'Có lỗi trong quá trình xử lý',
      ResultObject: null,
      // The bus and the documents say it in their own words.
      status: 'fail',
      errorCode: '500',
      errorDesc: 'Có lỗi trong quá trình xử lý',
      Message: 'Có lỗi trong quá trình xử lý',
    }),
    duplicate: () => ({ Status: 'ERROR', Message: 'Hồ sơ đã tồn tại', status: 'fail', errorDesc: 'Hồ sơ đã tồn tại' }),
  };
}
