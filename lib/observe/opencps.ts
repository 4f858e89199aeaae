import type { WireDossier } from '../schema/index.ts';
import { isObject, type JsonSource, listOf, numberOf, textOf } from './wire.ts';

/** OpenCPS REST answers (protocol notes §4.2); dates are `dd/MM/yyyy HH:mm:ss` text, booleans are text too. */
const LIST = /^\/o\/(?:rest|secure\/rest)\/v2(?:_1)?\/dossiers(?:\/todo)?\/?$/;
const DETAIL = /^\/o\/(?:rest|secure\/rest)\/v2(?:_1)?\/dossiers\/\d+\/?$/;

function projectItem(item: Record<string, unknown>): WireDossier | null {
  const code = textOf(item.dossierNo, 120);
  if (code === undefined) return null;
  const unit = numberOf(item.durationUnit);
  return {
    id: textOf(item.dossierId),
    code,
    otherCode: textOf(item.nationCode, 120),
    procedureCode: textOf(item.serviceCode),
    procedureName: textOf(item.serviceName, 600),
    unit: textOf(item.govAgencyName, 600),
    channel: textOf(item.online),
    submitted: textOf(item.submitDate),
    received: textOf(item.receiveDate),
    due: textOf(item.dueDate),
    extended: textOf(item.extendDate),
    completed: textOf(item.releaseDate),
    returned: textOf(item.finishDate),
    limitValue: numberOf(item.durationCount),
    limitUnit: unit === 0 ? 'd' : unit === 1 ? 'h' : undefined,
    status: textOf(item.dossierStatusText, 300),
    stepName: textOf(item.stepName, 600),
    stepDue: textOf(item.stepDuedate),
  };
}

export const opencpsJson: JsonSource = {
  adapter: 'opencps',
  kindOf: (pathname) => (LIST.test(pathname) ? 'list' : DETAIL.test(pathname) ? 'detail' : null),
  project(body) {
    const items = isObject(body) && 'data' in body ? listOf(body.data) : listOf(body);
    return items
      .slice(0, 5000)
      .filter(isObject)
      .map(projectItem)
      .filter((record) => record !== null);
  },
};
