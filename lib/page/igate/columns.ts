import type { ComponentColumn, HeaderField } from '../headers.ts';

/** Fields by column class, for headers whose words are not known. `dueDate` is left out: its meaning is unconfirmed. */
const COLUMN_FIELDS: Readonly<Record<string, HeaderField>> = {
  code: 'code',
  dossierCode: 'code',
  nationCode: 'otherCode',
  procedureName: 'procedure',
  procedure: 'procedure',
  appliedDate: 'submittedAt',
  acceptedDate: 'receivedAt',
  appointmentDate: 'dueAt',
  completedDate: 'completedAt',
  status: 'status',
  dossierStatus: 'status',
  dossierTaskStatus: 'status',
  applicantName: 'private',
  applicant: 'private',
  owner: 'private',
  agency: 'unit',
  applyMethod: 'channel',
  action: 'action',
  stt: 'action',
};

const COLUMN_CLASS = /(?:^|\s)(?:cdk|mat)-column-([\w-]+)/;

export function fieldByClass(className: string): HeaderField | null {
  const name = COLUMN_CLASS.exec(className)?.[1];
  return name !== undefined && Object.hasOwn(COLUMN_FIELDS, name) ? (COLUMN_FIELDS[name] ?? null) : null;
}

const COMPONENT_FIELDS: Readonly<Record<string, ComponentColumn>> = { formName: 'name', type: 'kind', file: 'files' };

export function componentByClass(className: string): ComponentColumn | null {
  const name = COLUMN_CLASS.exec(className)?.[1];
  return name !== undefined && Object.hasOwn(COMPONENT_FIELDS, name) ? (COMPONENT_FIELDS[name] ?? null) : null;
}
