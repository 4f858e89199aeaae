/** The answers of the gateway, as far as the page reads them. */

export interface Translated {
  languageId: number;
  name: string;
}

export type NameLike = string | Translated | Translated[];

export interface DossierTask {
  id: string;
  assignee?: { fullname: string };
  createdDate: string;
  bpmProcessDefinitionTask: { name: string; processingTime?: number; processingTimeUnit?: string };
}

export interface DossierFile {
  id: string;
  filename: string;
  size: number;
}

export interface DossierFormFile {
  id: string;
  formName: string;
  requirement: { typeName: string; quantity: number };
  file: DossierFile[];
}

export interface DossierRecord {
  id: string;
  code: string;
  nationCode?: string;
  applicant: { data: Record<string, string> };
  procedure: { id: string; code: string; name?: string; translate?: Translated | Translated[] };
  agency: { name: NameLike };
  applyMethod: { name: string };
  appliedDate?: string;
  acceptedDate?: string;
  appointmentDate?: string;
  completedDate?: string;
  undefindedCompleteTime?: boolean;
  processingTime?: number;
  processingTimeUnit?: string;
  dossierStatus: number | { id: number; name: string };
  dossierTaskStatus: { id: string; name: NameLike };
  currentTask?: DossierTask | DossierTask[];
  dossierFormFile?: DossierFormFile[];
}

/** The dossier's diary; a separate request of the page. */
export interface DossierDiary {
  firstAppointmentDate?: string;
  extendedDate?: string;
  returnedDate?: string;
  supplements?: { askedDate: string; givenDate: string }[];
  events: { name: string; officer: string; at: string }[];
}

export interface FeeLine {
  name: string;
  amount: number;
  quantity: number;
  paid: number;
  required: boolean;
}

export interface ListAnswer {
  content: DossierRecord[];
  last: boolean;
  totalElements?: number;
}

export interface DetailAnswer {
  record: DossierRecord;
  diary: DossierDiary;
}

export interface MenuCount {
  path: string;
  count: number;
}

const VIETNAMESE = 228;

/** One name out of the shapes in which the platform writes names. */
export function nameOf(value: NameLike | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return value.name;
  return (value.find((item) => item.languageId === VIETNAMESE) ?? value[0])?.name ?? '';
}

/** `YYYY-MM-DDTHH:mm:ss.000+0700` as `dd/MM/yyyy HH:mm:ss`. */
export function dateText(iso: string | undefined): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(iso ?? '');
  return match ? `${match[3]}/${match[2]}/${match[1]} ${match[4]}` : '';
}

export function limitText(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) return '';
  if (value === 0) return 'Trong ngày làm việc';
  return `${value} ${unit === 'h' ? 'giờ' : 'ngày'} làm việc`;
}

/** The promised moment, or that there is none by the rule of the procedure. */
export function appointmentText(record: DossierRecord): string {
  return record.undefindedCompleteTime ? 'Không có ngày hẹn trả' : dateText(record.appointmentDate);
}

/** Numbers of statuses in which the page still counts; it does so for waiting dossiers, too. */
const COUNTED = new Set([2, 3, 4, 5, 11]);

export interface Hint {
  text: string;
  color: string;
}

/** The coloured line: calendar days, without holidays, hours or pauses. Not ours to repair. */
export function dueHint(record: DossierRecord, now: number): Hint | null {
  const status = typeof record.dossierStatus === 'number' ? record.dossierStatus : record.dossierStatus.id;
  if (record.appointmentDate === undefined || !COUNTED.has(status)) return null;
  const dueDay = Date.parse(`${record.appointmentDate.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  const days = dueDay - Math.floor((now + 420) / 1440);
  if (days < 0) return { text: `Quá hạn ${-days} ngày`, color: '#d32f2f' };
  if (days === 0) return { text: 'Đến hạn hôm nay', color: '#f57c00' };
  return { text: `Còn ${days} ngày`, color: days <= 2 ? '#f57c00' : '#388e3c' };
}

export interface DossierRow {
  id: string;
  code: string;
  nationCode: string;
  procedureId: string;
  taskId: string;
  procedureTitle: string;
  procedureName: string;
  applicantName: string;
  accepted: string;
  appointment: string;
  hint: Hint | null;
  status: string;
}

export function taskOf(record: DossierRecord): DossierTask | undefined {
  return Array.isArray(record.currentTask) ? record.currentTask[0] : record.currentTask;
}

export function procedureName(record: DossierRecord): string {
  return nameOf(record.procedure.translate ?? record.procedure.name);
}

export function toRow(record: DossierRecord, now: number): DossierRow {
  const name = procedureName(record);
  return {
    id: record.id,
    code: record.code,
    nationCode: record.nationCode ?? '',
    procedureId: record.procedure.id,
    taskId: taskOf(record)?.id ?? '',
    procedureTitle: `${record.procedure.code} - ${name}`,
    procedureName: name,
    applicantName: record.applicant.data.ownerFullname ?? '',
    accepted: dateText(record.acceptedDate),
    appointment: appointmentText(record),
    hint: dueHint(record, now),
    status: nameOf(record.dossierTaskStatus.name),
  };
}
