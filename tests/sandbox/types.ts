/**
 * What the three simulated hosts and the tests agree on. The population is a pure function of a seed and
 * of "now", so a test can say what every badge must show. All people are invented, all codes impossible
 * (unit 999 of H29 does not exist; nor does procedure 9.9xxxxx).
 *
 * Moments are epoch **minutes** (UTC); wall-clock meaning is always UTC+7.
 */

/** The three page families the sandbox imitates. */
export type HostId = 'igate' | 'opencps' | 'webforms';

/** National status scale, 1–10 (see docs/glossary.md). */
export type StatusCode = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Which awkwardness this dossier exists to show. */
export type Situation =
  | 'new-online-fresh'
  | 'new-online-late'
  | 'new-counter'
  | 'on-time'
  | 'due-soon'
  | 'due-today'
  | 'overdue-hours'
  | 'overdue-days'
  | 'no-due'
  | 'extended'
  | 'step-late'
  | 'mismatch'
  | 'short-limit'
  | 'waiting-supplement'
  | 'waiting-fee'
  | 'after-supplement-overdue'
  | 'ready-on-time'
  | 'ready-late'
  | 'ready-no-date'
  | 'returned-on-time'
  | 'returned-late'
  | 'returned-pickup-late'
  | 'refused'
  | 'withdrawn'
  | 'stopped'
  | 'odd-status'
  | 'due-on-holiday'
  | 'midnight-due'
  | 'hour-counted'
  | 'same-day-late'
  | 'supplement-known'
  | 'no-appointment';

export interface SandboxPerson {
  /** May hold `<b>`, quotes, NFD letters or 200 characters. */
  name: string;
  identity: string;
  phone: string;
  email: string;
  address: string;
}

export interface SandboxFile {
  name: string;
  size: number;
}

export interface SandboxComponent {
  name: string;
  /** A heading row: no file slot. */
  heading: boolean;
  required: boolean;
  /** Applies only under a condition that the page states in the name. */
  conditional: boolean;
  quantity: number;
  files: SandboxFile[];
}

export interface SandboxLimit {
  /** 0 working days: a same-day procedure. */
  value: number;
  unit: 'workday' | 'hour';
}

export interface SandboxSupplement {
  from: number;
  to: number;
}

export interface SandboxDossier {
  index: number;
  situation: Situation;
  /** 24 hex characters, as iGate's ids. */
  id: string;
  /** OpenCPS `dossierId`, webforms `id`. */
  numericId: number;
  /** Main code, a form that cannot exist (H29.999…). */
  code: string;
  /** Second code in the same cell, when the dossier has one. */
  nationCode?: string;
  status: StatusCode;
  /** The words the page shows; "odd-status" has words nobody knows. */
  statusText: string;
  procedure: { code: string; name: string; sector: string };
  agency: { code: string; name: string };
  owner: SandboxPerson;
  submitter: SandboxPerson;
  channel: 'online' | 'counter' | 'post';
  submittedAt: number;
  receivedAt?: number;
  dueAt?: number;
  extendedDueAt?: number;
  completedAt?: number;
  returnedAt?: number;
  limit?: SandboxLimit;
  step?: { name: string; startedAt: number; limit?: SandboxLimit; dueAt?: number; officer: string };
  supplementRequests: number;
  /** When papers were asked for and when the last of them came; of some dossiers only. */
  supplements?: SandboxSupplement[];
  components: SandboxComponent[];
}

export interface Population {
  seed: string;
  /** Epoch minutes. */
  now: number;
  dossiers: SandboxDossier[];
}

/** Where a reading came from; what a page shows decides what can be known. */
export type View =
  | 'igate-json-list'
  | 'igate-json-detail'
  | 'igate-dom-list'
  | 'igate-dom-detail'
  | 'opencps-json-list'
  | 'opencps-json-detail'
  | 'opencps-dom-list'
  | 'opencps-dom-detail'
  | 'webforms-list'
  | 'webforms-detail';

/** What the badge must carry for one dossier in one view at one moment. */
export interface Expected {
  clock: 'acceptance' | 'step' | 'appointment' | 'return';
  verdict:
    | 'not-started'
    | 'on-time'
    | 'due-soon'
    | 'due-today'
    | 'overdue'
    | 'paused'
    | 'awaiting-pickup'
    | 'finished-on-time'
    | 'finished-late'
    | 'unknown';
  /** ISO with +07:00, or ''. */
  due: string;
  /** Working minutes, or null for an empty attribute. */
  left: number | null;
  mismatch: number | null;
}
