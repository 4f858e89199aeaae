/** What the simulated LGSP, national portal and city search have in common: calls, log, quota, options. */

import type { FaultRule } from './faults.ts';
import type { Planted } from './planted-types.ts';

export type UpstreamId = 'lgsp' | 'dvcqg' | 'citysearch';

/** One call as the server saw it. */
export interface UpstreamCall {
  upstream: UpstreamId;
  /** `login`, `TraCuuHoSo`, `DanhSachHoSo`, `token`, `bus-list`, `search`…: see the servers. */
  service: string;
  /** Number of the call of this service, from 1. */
  number: number;
  /** What it was about: a dossier code, `unit/from/to` of a window, `start-end` of a page, or ''. */
  about: string;
  /** Epoch milliseconds. */
  at: number;
  /** HTTP status answered; 0 while there is none (hanging, or the connection was reset). */
  status: number;
  faults: string[];
}

export interface Quota {
  perSecond?: number;
  perMinute?: number;
  /** Seconds told in Retry-After of a refusal; left out: no header. */
  retryAfter?: number;
}

export interface DvcqgOptions {
  username?: string;
  password?: string;
  madonvi?: string;
  /** When set, calls without this header are refused. */
  dstcode?: string;
  /** A session is over after so many calls. */
  sessionCalls?: number;
  /** A session is over after so many minutes; default 10. */
  sessionMinutes?: number;
  /** False: `DanhSachHoSo` does not exist, as in the plain mapi. Default true. */
  list?: boolean;
}

export type LgspScheme = 'bare' | 'lgspaccesstoken' | 'bearer';

export interface LgspOptions {
  /** Every scheme named must be satisfied; `bare` and `bearer` share a header and exclude each other. */
  schemes?: LgspScheme[];
  keys?: { AccessKey: string; SecretKey: string; AppName: string; PartnerCode: string; PartnerCodeCus: string };
  clientId?: string;
  clientSecret?: string;
  busUser?: string;
  busPassword?: string;
  /** Seconds; default 3600. */
  tokenLife?: number;
}

export interface CitySearchOptions {
  groupId?: string;
  /** When set, Basic authentication is asked for; without it the answer is HTTP 203. */
  username?: string;
  password?: string;
  /** Most rows on a page; default 10 000. */
  pageLimit?: number;
}

export interface UpstreamOptions {
  planted: Planted;
  faults?: readonly FaultRule[];
  /** Decides the seeded probabilities of the faults. */
  faultSeed?: string;
  quota?: Partial<Record<UpstreamId, Quota>>;
  dvcqg?: DvcqgOptions;
  lgsp?: LgspOptions;
  citysearch?: CitySearchOptions;
  ports?: Partial<Record<UpstreamId, number>>;
}

export interface Upstreams {
  /** Without a closing slash. */
  urls: Record<UpstreamId, string>;
  /** Every call in order. */
  calls: UpstreamCall[];
  /** The national and the LGSP book change when something is written. */
  planted: Planted;
  setFaults(rules: readonly FaultRule[]): void;
  setQuota(upstream: UpstreamId, quota: Quota): void;
  close(): Promise<void>;
}

/** What the servers expect unless told otherwise: nothing here opens anything. */
export const SANDBOX_SECRETS = {
  dvcqg: { username: 'tai-khoan-mau', password: 'mat-khau-mau', madonvi: '000.00.99.H29' },
  lgsp: {
    keys: {
      AccessKey: 'khoa-truy-cap-mau',
      SecretKey: 'khoa-bi-mat-mau',
      AppName: 'ung-dung-mau',
      PartnerCode: '000.00.99.H29',
      PartnerCodeCus: '000.00.99.H29',
    },
    clientId: 'may-khach-mau',
    clientSecret: 'bi-mat-may-khach-mau',
    busUser: 'truc-mau',
    busPassword: 'mat-khau-truc-mau',
  },
  citysearch: { groupId: '35417' },
} as const;
