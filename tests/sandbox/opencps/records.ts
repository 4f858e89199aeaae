/**
 * What the OpenCPS-like host answers: strings nearly everywhere, dates as dd/MM/yyyy HH:mm:ss, truth as "true" and
 * "false", names in capitals, addresses without dots. The overdue words are as naive as in reality: elapsed
 * days, rounded up to a quarter, no holidays.
 */

import { openCpsGroup, openCpsGroups } from '../expect.ts';
import type { SandboxComponent, SandboxDossier, SandboxLimit, SandboxPerson, StatusCode } from '../types.ts';

export type JsonObject = Record<string, unknown>;

const DAY = 24 * 60;
const OFFSET = 7 * 60;
const GROUP_ID = 35417;

const STATUS_KEYS: Record<StatusCode, string> = {
  1: 'new',
  2: 'receiving',
  3: 'unresolved',
  4: 'processing',
  5: 'waiting',
  6: 'paying',
  7: 'cancelled',
  8: 'denied',
  9: 'releasing',
  10: 'done',
};

function wallClock(moment: number): string {
  return new Date((moment + OFFSET) * 60_000).toISOString();
}

/** dd/MM/yyyy HH:mm:ss, or an empty string. */
export function dateText(moment: number | undefined): string {
  if (moment === undefined) return '';
  const iso = wallClock(moment);
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 16)}:00`;
}

function quarterDays(minutes: number): string {
  const days = Math.ceil((minutes / DAY) * 4) / 4;
  return Number.isInteger(days) ? `${days}.0` : String(days);
}

/** "Còn 30.75 ngày", "Quá hạn 3.25 ngày"; nothing when it rounds to nothing. */
function distanceText(due: number | undefined, now: number): string {
  if (due === undefined || due === now) return '';
  return due > now ? `Còn ${quarterDays(due - now)} ngày` : `Quá hạn ${quarterDays(now - due)} ngày`;
}

/** Day against day. */
function endText(end: number | undefined, due: number | undefined): string {
  if (end === undefined || due === undefined) return '';
  const difference = Math.floor((end + OFFSET) / DAY) - Math.floor((due + OFFSET) / DAY);
  if (difference === 0) return 'Đúng hạn';
  return difference < 0 ? 'Sớm hạn' : 'Quá hạn';
}

function overdueText(dossier: SandboxDossier, now: number): string {
  const due = dossier.extendedDueAt ?? dossier.dueAt;
  switch (dossier.status) {
    case 1:
      return '';
    case 5:
    case 6:
      return 'Tạm dừng xử lý';
    case 2:
    case 4:
      return distanceText(due, now);
    default:
      return endText(dossier.completedAt, due);
  }
}

/** When the step should end if every day and hour counted; the host says no more than its delay. */
function naiveStepDue(step: NonNullable<SandboxDossier['step']>): number | undefined {
  if (step.dueAt !== undefined) return step.dueAt;
  if (step.limit === undefined) return undefined;
  return step.startedAt + step.limit.value * (step.limit.unit === 'hour' ? 60 : DAY);
}

function stepDelay(dossier: SandboxDossier, now: number): string {
  const due = dossier.step === undefined ? undefined : naiveStepDue(dossier.step);
  return due === undefined || due >= now ? '' : distanceText(due, now);
}

function isOrganisation(person: SandboxPerson): boolean {
  return /^(?:CÔNG TY|HỘ KINH DOANH|HỘI )/u.test(person.name.toLocaleUpperCase('vi'));
}

function isTrue(value: boolean): 'true' | 'false' {
  return value ? 'true' : 'false';
}

function withoutDots(text: string): string {
  return text.replaceAll('.', '');
}

function statusKey(dossier: SandboxDossier): string {
  return dossier.situation === 'odd-status' ? 'interoperating' : STATUS_KEYS[dossier.status];
}

function limitFields(limit: SandboxLimit | undefined): JsonObject {
  return { durationCount: limit?.value ?? 0, durationUnit: limit?.unit === 'hour' ? 1 : 0 };
}

export function templateNo(dossier: SandboxDossier): string {
  return `TP${dossier.numericId}`;
}

/** One row of `/dossiers`. */
export function listRecord(dossier: SandboxDossier, now: number): JsonObject {
  const { owner, submitter, step } = dossier;
  const online = dossier.channel === 'online';
  return {
    dossierId: dossier.numericId,
    groupId: GROUP_ID,
    referenceUid: `${dossier.id}-${dossier.numericId}`,
    counter: dossier.index + 1,
    serviceCode: dossier.procedure.code,
    serviceName: dossier.procedure.name,
    govAgencyCode: dossier.agency.code,
    govAgencyName: dossier.agency.name,
    dossierTemplateNo: templateNo(dossier),
    dossierTemplateName: dossier.procedure.name,
    domainCode: `LV${dossier.procedure.sector.length}`,
    domainName: dossier.procedure.sector,
    applicantName: owner.name.toLocaleUpperCase('vi'),
    applicantIdType: isOrganisation(owner) ? 'business' : 'citizen',
    applicantIdNo: owner.identity,
    applicantIdDate: '',
    address: withoutDots(owner.address),
    contactName: owner.name,
    contactTelNo: owner.phone,
    contactEmail: owner.email,
    delegateName: submitter.name,
    delegateIdNo: submitter.identity,
    delegateTelNo: submitter.phone,
    delegateEmail: submitter.email,
    delegateAddress: withoutDots(submitter.address),
    dossierName: dossier.procedure.name,
    dossierNote: '',
    submissionNote: '',
    briefNote: '',
    dossierNo: dossier.code,
    originDossierNo: '',
    nationCode: dossier.nationCode ?? '',
    submitting: 'false',
    submitDate: dateText(dossier.submittedAt),
    receiveDate: dateText(dossier.receivedAt),
    dueDate: dateText(dossier.dueAt),
    extendDate: dateText(dossier.extendedDueAt),
    releaseDate: dateText(dossier.completedAt),
    finishDate: dateText(dossier.returnedAt),
    cancellingDate: '',
    correctingDate: '',
    dossierStatus: statusKey(dossier),
    dossierStatusText: dossier.statusText,
    dossierSubStatus: '',
    dossierSubStatusText: '',
    dossierOverdue: overdueText(dossier, now),
    dossierFinishOverdue: '',
    timeOverdueText: '',
    dueDateComing: '',
    lockState: dossier.status === 5 || dossier.status === 6 ? 'PAUSE' : '',
    stepCode: step === undefined ? '' : '200',
    stepName: step?.name ?? '',
    stepInstruction: '',
    stepDuedate: dateText(step?.dueAt),
    stepOverdue: stepDelay(dossier, now),
    lastActionCode: '1100',
    lastActionName: 'Chuyển bước xử lý',
    lastActionUser: step?.officer ?? 'Cán bộ Mẫu 01',
    viaPostal: dossier.channel === 'post' ? 1 : 0,
    permission: 'write',
    visited: 'true',
    pending: 'false',
    online: isTrue(online),
    originality: 3,
    assigned: 1,
    sampleCount: 0,
    metaData: '{}',
    groupDossierId: 0,
    serviceLevel: 4,
    processNo: 'QT01',
    ...limitFields(dossier.limit),
  };
}

/** `/dossiers/{id}`: no overdue words, and a stepOverdue that is always "true". */
export function detailRecord(dossier: SandboxDossier, now: number): JsonObject {
  const { dossierOverdue, dossierFinishOverdue, timeOverdueText, dueDateComing, ...rest } = listRecord(dossier, now);
  return {
    ...rest,
    stepOverdue: 'true',
    dossierActionId: dossier.numericId * 10,
    paymentFee: '',
    processBlock: '',
    processUnit: '',
    specialNo: '',
    dossierMarks: [],
  };
}

function partNo(index: number): string {
  return `TP${String(index + 1).padStart(2, '0')}`;
}

const RESULT_PART = 'KQ01';

function partRecord(component: SandboxComponent, index: number): JsonObject {
  return {
    partNo: partNo(index),
    partName: component.name,
    partType: 1,
    partTip: component.conditional ? '{"tip":"Chỉ nộp khi thuộc trường hợp này"}' : '',
    required: component.required,
    multiple: !component.heading,
    eForm: false,
    fileTemplateNo: component.heading ? '' : partNo(index),
    recordCount: component.quantity,
  };
}

/** `/dossiertemplates/{no}` */
export function templateRecord(dossier: SandboxDossier): JsonObject {
  const result = { partNo: RESULT_PART, partName: 'Kết quả giải quyết thủ tục hành chính', partType: 2 };
  return {
    dossierTemplateId: dossier.numericId,
    templateNo: templateNo(dossier),
    templateName: dossier.procedure.name,
    dossierParts: [
      ...dossier.components.map(partRecord),
      { ...result, partTip: '', required: false, multiple: true, eForm: false, fileTemplateNo: RESULT_PART },
    ],
  };
}

/** `/dossiers/{id}/files` */
export function fileRecords(dossier: SandboxDossier): JsonObject[] {
  const records: JsonObject[] = [];
  const add = (part: string, type: 1 | 2, name: string, size: number, at: number): void => {
    const number = records.length + 1;
    records.push({
      dossierFileId: dossier.numericId * 100 + number,
      referenceUid: `${dossier.id}-${number}`,
      dossierTemplateNo: templateNo(dossier),
      dossierPartNo: part,
      dossierPartType: type,
      fileTemplateNo: part,
      displayName: name,
      fileType: name.slice(name.lastIndexOf('.') + 1),
      fileSize: size,
      fileVersion: '1.0',
      isNew: 'false',
      signCheck: number % 3 === 0 ? 1 : 0,
      signInfo: '',
      removed: 'false',
      eForm: 'false',
      isSync: 'true',
      eSign: 'false',
      createDate: dateText(at),
      modifiedDate: dateText(at),
    });
  };
  dossier.components.forEach((component, index) => {
    for (const file of component.files) add(partNo(index), 1, file.name, file.size, dossier.submittedAt);
  });
  if (dossier.status >= 9 && dossier.completedAt !== undefined) {
    add(RESULT_PART, 2, `ket-qua-${dossier.numericId}.pdf`, 120_000, dossier.completedAt);
  }
  return records;
}

/** `/dossiers/{id}/sequences`: the table of the progress tab. */
export function sequenceRecords(dossier: SandboxDossier, now: number): JsonObject[] {
  const records: JsonObject[] = [];
  const add = (role: string, name: string, limit: string, at: number, who: string, overdue: string): void => {
    records.push({
      sequenceNo: String(records.length + 1),
      sequenceRole: role,
      sequenceName: name,
      durationText: limit,
      startDate: dateText(at),
      assignUsers: [{ userName: who }],
      actions: [{ actionName: name, createDate: dateText(at), actionOverdue: overdue }],
    });
  };
  add('Công dân', 'Nộp hồ sơ', '', dossier.submittedAt, dossier.submitter.name, '');
  if (dossier.receivedAt !== undefined) {
    add('Một cửa', 'Tiếp nhận hồ sơ', '4 giờ', dossier.receivedAt, 'Cán bộ Mẫu 01', '');
  }
  const { step } = dossier;
  if (step !== undefined) {
    const limit = step.limit && `${step.limit.value} ${step.limit.unit === 'hour' ? 'giờ' : 'ngày'}`;
    add('Chuyên viên', step.name, limit ?? '', step.startedAt, step.officer, stepDelay(dossier, now));
  }
  return records;
}

// --------------------------------------------------------------------------------------------------------- menu

interface Column {
  text: string;
  value?: string;
  width?: number;
  sortable?: boolean;
  class_column?: string;
  layout_view?: string;
}

/** The `layout_view` of a column is a template that the page compiles, as in reality. */
const CODE_LAYOUT =
  '<span> {{ item.dossierNo }} <br>' +
  '<span class="primary--text">{{ item.online === "true" ? "Hồ sơ trực tuyến" : "Hồ sơ một cửa" }}</span>' +
  '<template v-if="item.nationCode"><br> {{ item.nationCode }} </template></span>';

const TIME_LAYOUT =
  '<span> <template v-if="item.submitDate">Ngày gửi: {{ item.submitDate }}<br></template>' +
  '<template v-if="item.receiveDate">Tiếp nhận: {{ item.receiveDate }}<br></template>' +
  'Hẹn trả: {{ item.dueDate }}<br>' +
  '<template v-if="item.extendDate">Gia hạn: {{ item.extendDate }}<br></template>' +
  "<span :class=\"item.dossierOverdue.indexOf('Quá hạn') >= 0 ? 'red--text' : 'green--text'\">" +
  '{{ item.dossierOverdue }}</span> </span>';

const FROM_LAYOUT =
  '<span> {{ item.lastActionUser }} <template v-if="item.stepOverdue"><br>' +
  '<span style="color:red">{{ item.stepOverdue }}</span></template> </span>';

const CELL = 'text-xs-left py-1 px-1';

const COLUMNS = {
  number: { text: '#', width: 40 },
  code: {
    text: 'Mã hồ sơ',
    value: 'dossierNo',
    width: 165,
    sortable: true,
    class_column: CELL,
    layout_view: CODE_LAYOUT,
  },
  procedure: { text: 'Thủ tục', value: 'serviceName', width: 200, class_column: CELL },
  owner: { text: 'Chủ hồ sơ', value: 'applicantName', width: 130, class_column: CELL },
  times: {
    text: 'Thời gian',
    value: 'receiveDate',
    width: 218,
    sortable: true,
    class_column: CELL,
    layout_view: TIME_LAYOUT,
  },
  submitted: { text: 'Ngày gửi', value: 'submitDate', width: 90, class_column: CELL },
  received: { text: 'Ngày tiếp nhận', value: 'receiveDate', width: 90, sortable: true, class_column: CELL },
  due: { text: 'Hạn trả', value: 'dueDate', width: 90, sortable: true, class_column: CELL },
  extended: { text: 'Gia hạn', value: 'extendDate', width: 90, class_column: CELL },
  step: { text: 'Bước xử lý', value: 'stepName', width: 110, class_column: CELL },
  from: { text: 'Chuyển đến bởi', value: 'lastActionUser', width: 120, class_column: CELL, layout_view: FROM_LAYOUT },
  action: { text: 'Thao tác', width: 60 },
} satisfies Record<string, Column>;

type ColumnName = keyof typeof COLUMNS;

const USUAL: readonly ColumnName[] = ['number', 'code', 'procedure', 'owner', 'times', 'step', 'from', 'action'];
const ORDERS: Record<string, readonly ColumnName[]> = {
  shuffled: ['number', 'times', 'owner', 'step', 'code', 'from', 'procedure', 'action'],
  split: ['number', 'code', 'procedure', 'owner', 'submitted', 'received', 'due', 'extended', 'step', 'action'],
};

/** Groups whose configuration leaves some columns out. */
const HIDDEN: Record<string, readonly ColumnName[]> = {
  0: ['from'],
  4: ['step', 'from'],
  5: ['step', 'from'],
  6: ['step', 'from'],
  7: ['step', 'from'],
  8: ['step', 'from'],
};

/** A page changed beyond recognition: no known word in a header, none in front of a date. */
function renamed(columns: readonly Column[]): Column[] {
  return columns.map((column, index) => ({
    ...column,
    text: `Mốc ${index + 1}`,
    layout_view: column.layout_view
      ?.replace('Ngày gửi:', 'M1:')
      .replace('Tiếp nhận:', 'M2:')
      .replace('Hẹn trả:', 'M3:')
      .replace('Gia hạn:', 'M4:')
      .replace('Hồ sơ trực tuyến', 'Kiểu A')
      .replace('Hồ sơ một cửa', 'Kiểu B'),
  }));
}

export interface MenuOptions {
  order: string;
  renamed: boolean;
}

/** `/menuconfigs/todo` */
export function menuRecords(dossiers: readonly SandboxDossier[], options: MenuOptions): JsonObject[] {
  const counts = new Map<string, number>();
  for (const dossier of dossiers) {
    const { key } = openCpsGroup(dossier);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return openCpsGroups().map(({ key, title }, index) => {
    const hidden = HIDDEN[key] ?? [];
    const names = (ORDERS[options.order] ?? USUAL).filter((name) => !hidden.includes(name));
    const columns: Column[] = names.map((name) => COLUMNS[name]);
    return {
      menuConfigId: 700 + index,
      menuGroup: key,
      menuName: title,
      menuType: 0,
      order: index + 1,
      counter: counts.get(key) ?? 0,
      queryParams: `/o/rest/v2/dossiers${index === 1 ? '/todo' : ''}?group=${key}`,
      tableConfig: JSON.stringify({
        headers: options.renamed ? renamed(columns) : columns,
        selectAll: options.order === 'shuffled',
      }),
    };
  });
}

// ------------------------------------------------------------------------------------------------------- search

export type ListQuery = (name: string) => string;

function words(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('vi');
}

function matches(dossier: SandboxDossier, query: ListQuery): boolean {
  const group = query('group');
  if (group !== '' && openCpsGroup(dossier).key !== group) return false;
  const status = query('status');
  if (status !== '' && status !== 'all' && !status.split(',').includes(statusKey(dossier))) return false;
  if (query('substatus') !== '') return false;
  const number = words(query('dossierNo'));
  if (number !== '' && !words(dossier.code).includes(number)) return false;
  const keyword = words(query('keyword'));
  if (keyword === '') return true;
  const { code, nationCode = '', procedure, owner } = dossier;
  return words(`${code} ${nationCode} ${procedure.name} ${owner.name}`).includes(keyword);
}

/** `order` "false" turns it round. The due date is sorted as text, as in reality: not by time. */
function sorted(dossiers: SandboxDossier[], field: string, order: string): SandboxDossier[] {
  const keyOf: Record<string, (dossier: SandboxDossier) => string | number> = {
    dossierNo: (dossier) => dossier.code,
    dueDate: (dossier) => dateText(dossier.dueAt),
    receiveDate: (dossier) => dossier.receivedAt ?? 0,
    submitDate: (dossier) => dossier.submittedAt,
  };
  const key = keyOf[field];
  if (key === undefined) return dossiers;
  const direction = order === 'false' || order === 'desc' ? -1 : 1;
  return dossiers.sort((a, b) => {
    const x = key(a);
    const y = key(b);
    if (x === y) return a.index - b.index;
    return (x < y ? -1 : 1) * direction;
  });
}

export function findDossiers(dossiers: readonly SandboxDossier[], query: ListQuery): SandboxDossier[] {
  const found = dossiers.filter((dossier) => matches(dossier, query));
  return sorted(found, query('sort').replace(/_sortable$/, ''), query('order'));
}

/** The chips above the table. */
export function countingRecords(dossiers: readonly SandboxDossier[], now: number): JsonObject[] {
  let coming = 0;
  let overdue = 0;
  for (const dossier of dossiers) {
    const due = dossier.extendedDueAt ?? dossier.dueAt;
    if (due === undefined || (dossier.status !== 2 && dossier.status !== 4)) continue;
    if (due < now) overdue += 1;
    else if (due - now <= 2 * DAY) coming += 1;
  }
  return [
    { key: 'coming', title: 'Sắp đến hạn', count: coming },
    { key: 'overdue', title: 'Đang quá hạn', count: overdue },
  ];
}
