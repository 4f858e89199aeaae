/**
 * The gateway's records, built from a dossier at every request. Names of fields are those the public sources show
 * (docs of the host systems, §2.3–2.4). What no source tells is our assumption and says so here:
 *
 * - `processingTimeUnit`: `d` = working days, `h` = working hours.
 * - `dossierStatus` numbers: 0 = just registered is known, the others are invented, on purpose not the national scale.
 * - An extension only shows as a moved `appointmentDate`; the first promise and the day of return are in the
 *   diary, a request whose address no reader of the list or the record knows.
 * - `undefindedCompleteTime`: the procedure promises no date, and the page says so; a dossier whose date is merely missing
 *   does not have it.
 * - The requests for more papers are in the diary.
 * - A same-day procedure has `processingTime` 0, which elsewhere may just as well mean that nobody has set one.
 * - A group heading of the papers is an entry with quantity 0 and no file.
 * - `applicant.data` holds the owner's identity, phone, mail and address.
 */

import { createHash } from 'node:crypto';
import type { Population, SandboxComponent, SandboxDossier, SandboxLimit, StatusCode } from '../types.ts';

export interface Variants {
  json?: string;
  translate?: string;
  task?: string;
  status?: string;
  noappointment?: string;
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined };
export type JsonObject = { [name: string]: Json | undefined };

const VIETNAMESE = 228;
const ENGLISH = 46;

const STATUS_NUMBERS: Record<StatusCode, number> = { 1: 0, 2: 2, 3: 8, 4: 3, 5: 4, 6: 5, 7: 9, 8: 10, 9: 16, 10: 17 };
const ODD_STATUS_NUMBER = 11;

const STATUS_ENGLISH: Record<StatusCode, string> = {
  1: 'Registered',
  2: 'Accepted',
  3: 'Not accepted',
  4: 'Processing',
  5: 'Supplement requested',
  6: 'Payment requested',
  7: 'Withdrawn',
  8: 'Stopped',
  9: 'Processed',
  10: 'Returned',
};

const METHODS: Record<SandboxDossier['channel'], { id: number; name: string }> = {
  online: { id: 0, name: 'Trực tuyến' },
  counter: { id: 1, name: 'Trực tiếp' },
  post: { id: 2, name: 'Bưu chính công ích' },
};

const PAPER_TYPES = ['Bản chính', 'Bản sao (Scan/Chụp ảnh từ bản chính)', 'Bản sao có chứng thực'];

/** A made-up id in the platform's form, the same at every run. */
function hexId(...parts: (string | number)[]): string {
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 24);
}

/** `YYYY-MM-DDTHH:mm:ss.000+0700`: the platform writes the offset without a colon. */
export function gatewayDate(minutes: number | undefined, seconds = 0): string | undefined {
  if (minutes === undefined) return undefined;
  const wall = new Date((minutes + 420) * 60_000).toISOString().slice(0, 16);
  return `${wall}:${String(seconds).padStart(2, '0')}.000+0700`;
}

function translations(vietnamese: string, english: string): Json[] {
  return [
    { languageId: VIETNAMESE, name: vietnamese },
    { languageId: ENGLISH, name: english },
  ];
}

function limitFields(limit: SandboxLimit | undefined): JsonObject {
  if (limit === undefined) return {};
  return { processingTime: limit.value, processingTimeUnit: limit.unit === 'hour' ? 'h' : 'd' };
}

function statusNumber(dossier: SandboxDossier): number {
  return dossier.situation === 'odd-status' ? ODD_STATUS_NUMBER : STATUS_NUMBERS[dossier.status];
}

function agencyOf(dossier: SandboxDossier): JsonObject {
  const { code, name } = dossier.agency;
  return { id: hexId('agency', code), code, name: translations(name, `Unit ${code}`) };
}

function procedureOf(dossier: SandboxDossier, variants: Variants): JsonObject {
  const { code, name, sector } = dossier.procedure;
  const list = translations(name, `Procedure ${code}`);
  return {
    id: hexId('procedure', code),
    code,
    translate: variants.translate === 'list' ? list : { languageId: VIETNAMESE, name },
    sector: { id: hexId('sector', sector), code: `G99-${hexId('sector', sector).slice(0, 4)}`, name: sector },
  };
}

function taskOf(dossier: SandboxDossier): JsonObject | undefined {
  const { step } = dossier;
  if (step === undefined) return undefined;
  const startedAt = gatewayDate(step.startedAt);
  return {
    id: hexId('task', dossier.id),
    assignee: { id: hexId('officer', step.officer), fullname: step.officer },
    candidateGroup: [],
    agency: agencyOf(dossier),
    createdDate: startedAt,
    updatedDate: startedAt,
    bpmProcessDefinitionTask: {
      id: hexId('step', step.name),
      name: step.name,
      remind: { id: hexId('remind', step.name), name: 'Hồ sơ chờ xử lý' },
      ...limitFields(step.limit),
      variable: { canPaused: 1, canIncreaseDue: 1, canUploadResult: 0, mustAttachResultsFile: 0 },
    },
  };
}

function applicantOf(dossier: SandboxDossier): JsonObject {
  const { owner, submitter, procedure } = dossier;
  return {
    userId: hexId('user', submitter.identity),
    data: {
      fullname: submitter.name,
      ownerFullname: owner.name,
      organization: '',
      identityNumber: owner.identity,
      phoneNumber: owner.phone,
      email: owner.email,
      address: owner.address,
      noidungyeucaugiaiquyet: `Đề nghị giải quyết: ${procedure.name}`,
    },
  };
}

/** Seconds that no reader may trip over. */
export function receivedSeconds(dossier: SandboxDossier): number {
  return (dossier.index * 7 + 22) % 60;
}

export function listRecord(dossier: SandboxDossier, variants: Variants): JsonObject {
  const taskStatusId = hexId('status', dossier.statusText);
  const task = taskOf(dossier);
  const english = STATUS_ENGLISH[dossier.status];
  const bare = variants.status === 'number';
  const record: JsonObject = {
    id: dossier.id,
    code: dossier.code,
    nationCode: dossier.nationCode,
    applicant: applicantOf(dossier),
    procedure: procedureOf(dossier, variants),
    procedureProcessDefinition: {
      id: hexId('process', dossier.procedure.code),
      processDefinition: {
        ...limitFields(dossier.limit),
        timesheet: { id: hexId('timesheet'), name: 'Lịch làm việc hành chính' },
      },
    },
    agency: agencyOf(dossier),
    applyMethod: METHODS[dossier.channel],
    appliedDate: gatewayDate(dossier.submittedAt),
    acceptedDate: gatewayDate(dossier.receivedAt, receivedSeconds(dossier)),
    appointmentDate: gatewayDate(dossier.extendedDueAt ?? dossier.dueAt),
    completedDate: gatewayDate(dossier.completedAt),
    ...limitFields(dossier.limit),
    undefindedCompleteTime: dossier.situation === 'no-appointment',
    dossierStatus: bare ? statusNumber(dossier) : { id: statusNumber(dossier), name: dossier.statusText },
    dossierTaskStatus: {
      id: taskStatusId,
      name: bare ? translations(dossier.statusText, english) : dossier.statusText,
    },
    currentTask: variants.task === 'object' ? task : task === undefined ? [] : [task],
    dossierProgress: dossier.status === 1 ? 0 : dossier.status >= 9 ? 100 : 50,
  };
  if (variants.noappointment === '1') delete record.appointmentDate;
  return record;
}

function formFile(dossier: SandboxDossier, paper: SandboxComponent, index: number): JsonObject {
  const type = paper.heading ? -1 : (dossier.index + index) % PAPER_TYPES.length;
  return {
    id: hexId('form-file', dossier.id, index),
    procedureFormId: hexId('form', dossier.procedure.code, index),
    formName: paper.name,
    procedureForm: { id: hexId('form', dossier.procedure.code, index), name: paper.name },
    requirement: {
      typeId: paper.heading ? null : hexId('paper-type', type),
      typeName: PAPER_TYPES[type] ?? '',
      quantity: paper.quantity,
    },
    file: paper.files.map((file, place) => {
      const id = hexId('file', dossier.id, index, place);
      return {
        id,
        filename: file.name,
        size: file.size,
        uuid: id,
        additionalFlag: 0,
        updateCount: 0,
        downloadURL: `/fi/file/${id}`,
      };
    }),
    authentication: null,
    case: null,
  };
}

export function detailRecord(dossier: SandboxDossier, variants: Variants): JsonObject {
  const papers = dossier.components.map((paper, index) => formFile(dossier, paper, index));
  return { ...listRecord(dossier, variants), dossierFormFile: papers };
}

export function diaryOf(dossier: SandboxDossier): JsonObject {
  const { receivedAt, submittedAt, step, extendedDueAt } = dossier;
  const events: JsonObject[] = [{ name: 'Nộp hồ sơ', officer: '', at: gatewayDate(submittedAt) }];
  if (receivedAt !== undefined) {
    const at = gatewayDate(receivedAt, receivedSeconds(dossier));
    events.push({ name: 'Tiếp nhận', officer: step?.officer ?? 'Cán bộ Mẫu 01', at });
  }
  return {
    firstAppointmentDate: extendedDueAt === undefined ? undefined : gatewayDate(dossier.dueAt),
    extendedDate: gatewayDate(extendedDueAt),
    returnedDate: gatewayDate(dossier.returnedAt),
    supplements: dossier.supplements?.map(({ from, to }) => ({
      askedDate: gatewayDate(from),
      givenDate: gatewayDate(to),
    })),
    events,
  };
}

export function feesOf(dossier: SandboxDossier): JsonObject[] {
  if (dossier.index % 3 !== 0) return [];
  const paid = dossier.status === 6 ? 0 : 50_000;
  return [{ name: 'Lệ phí', amount: 50_000, quantity: 1, paid, required: true }];
}

/** Codes that the page or an officer would ask for. */
export interface ListQuery {
  code: string;
  owner: string;
  /** Numbers of `dossierStatus`; null = all. */
  statuses: ReadonlySet<number> | null;
  sort: string;
  direction: 'asc' | 'desc';
}

function sortValue(dossier: SandboxDossier, field: string): string | number | undefined {
  switch (field) {
    case 'code':
      return dossier.code;
    case 'procedure.translate.name':
      return dossier.procedure.name;
    case 'applicant.data.ownerFullname':
      return dossier.owner.name;
    case 'acceptedDate':
      return dossier.receivedAt;
    case 'appliedDate':
      return dossier.submittedAt;
    case 'appointmentDate':
      return dossier.extendedDueAt ?? dossier.dueAt;
    case 'completedDate':
      return dossier.completedAt;
    case 'dossierTaskStatus.name':
      return dossier.statusText;
    default:
      return dossier.index;
  }
}

/** All dossiers that a query finds, sorted; those without the value last, ties as stored. */
export function findDossiers(population: Population, query: ListQuery): SandboxDossier[] {
  const code = query.code.toLowerCase();
  const owner = query.owner.toLowerCase();
  const sign = query.direction === 'asc' ? 1 : -1;
  return population.dossiers
    .filter(
      (dossier) =>
        (query.statuses === null || query.statuses.has(statusNumber(dossier))) &&
        dossier.code.toLowerCase().includes(code) &&
        dossier.owner.name.toLowerCase().includes(owner),
    )
    .map((dossier) => ({ dossier, value: sortValue(dossier, query.sort) }))
    .sort((a, b) => {
      const x = a.value;
      const y = b.value;
      if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
      return x === y ? 0 : x < y ? -sign : sign;
    })
    .map(({ dossier }) => dossier);
}
