import type { WireDossier } from '../schema/index.ts';
import { extensionOf, isObject, type JsonSource, listOf, numberOf, textOf } from './wire.ts';

/**
 * iGate answers (host-systems notes §2.2–2.4): paths and field names seen in six public tools for this system. Fields
 * whose meaning nobody has shown (`dueDate`, `additionalFlag`, numeric statuses) are not used.
 */
const LIST = /^\/pa\/dossier(?:\/search|-search\/\w+)\/?$/;
const DETAIL = /^\/pa\/dossier\/[0-9a-f]{24}\/--online\/?$/;
/** Language of a name in lists of translations: 228 is Vietnamese. */
const VIETNAMESE = 228;

/** A name as text, as `{name}`, as `{translate}`, or as a list of translations. */
function nameOf(value: unknown, depth = 0): string | undefined {
  if (depth > 3) return undefined;
  if (Array.isArray(value)) {
    const items = value.filter(isObject);
    const own = items.find((item) => item.languageId === VIETNAMESE) ?? items[0];
    return own === undefined ? undefined : nameOf(own, depth + 1);
  }
  if (!isObject(value)) return typeof value === 'string' ? textOf(value, 600) : undefined;
  return nameOf(value.translate, depth + 1) ?? nameOf(value.name, depth + 1);
}

function objectOf(value: unknown): Record<string, unknown> {
  return listOf(value).find(isObject) ?? {};
}

/** Our reading of `processingTimeUnit`: the sources show the field, not its values. */
function unitOf(value: unknown): 'd' | 'h' | undefined {
  const text = String(textOf(value) ?? '').toLowerCase();
  if (/^(d|day|days|ngày|ngay|workday|ngày làm việc)$/.test(text)) return 'd';
  if (/^(h|hour|hours|giờ|gio|giờ làm việc)$/.test(text)) return 'h';
  return undefined;
}

function statusText(item: Record<string, unknown>): string | undefined {
  const candidates = [item.dossierTaskStatus, item.dossierStatus, item.statusCurrentTask];
  for (const candidate of candidates) {
    const name = typeof candidate === 'string' ? textOf(candidate, 300) : nameOf(candidate);
    if (name !== undefined) return name.slice(0, 300);
  }
  return undefined;
}

function components(value: unknown): WireDossier['components'] {
  if (!Array.isArray(value)) return undefined;
  return (
    value
      .filter(isObject)
      // A heading of a group of papers: no copy is asked for and none is there.
      .filter((row) => numberOf(objectOf(row.requirement).quantity) !== 0 || listOf(row.file).length > 0)
      .slice(0, 300)
      .map((row) => ({
        name: nameOf(row.formName) ?? nameOf(row.procedureForm) ?? '',
        type: nameOf(objectOf(row.requirement).typeName),
        quantity: numberOf(objectOf(row.requirement).quantity),
        files: listOf(row.file)
          .filter(isObject)
          .slice(0, 200)
          .map((file) => ({ size: numberOf(file.size), type: extensionOf(file.filename) })),
      }))
  );
}

function projectItem(item: Record<string, unknown>): WireDossier | null {
  const code = textOf(item.code, 120);
  if (code === undefined) return null;
  const procedure = objectOf(item.procedure);
  const task = objectOf(item.currentTask);
  const definition = objectOf(task.bpmProcessDefinitionTask);
  const process = objectOf(objectOf(item.procedureProcessDefinition).processDefinition);
  return {
    id: textOf(item.id),
    code,
    otherCode: textOf(item.nationCode, 120),
    procedureCode: textOf(procedure.code),
    procedureName: nameOf(procedure),
    unit: nameOf(item.agency),
    channel: nameOf(item.applyMethod)?.slice(0, 80),
    submitted: textOf(item.appliedDate),
    received: textOf(item.acceptedDate),
    due: textOf(item.appointmentDate),
    completed: textOf(item.completedDate),
    limitValue: numberOf(item.processingTime) ?? numberOf(process.processingTime),
    limitUnit: unitOf(item.processingTimeUnit) ?? unitOf(process.processingTimeUnit),
    status: statusText(item),
    stepName: nameOf(definition),
    stepStarted: textOf(task.createdDate),
    stepLimitValue: numberOf(definition.processingTime),
    stepLimitUnit: unitOf(definition.processingTimeUnit),
    components: components(item.dossierFormFile),
  };
}

export const igateJson: JsonSource = {
  adapter: 'igate',
  kindOf: (pathname) => (LIST.test(pathname) ? 'list' : DETAIL.test(pathname) ? 'detail' : null),
  project(body) {
    const items = isObject(body) && 'content' in body ? listOf(body.content) : listOf(body);
    return items
      .slice(0, 5000)
      .filter(isObject)
      .map(projectItem)
      .filter((record) => record !== null);
  },
};
