import { buildTable, mergeCalendars, packCalendar, SHIPPED_CALENDAR } from '../calendar/index.ts';
import { type Basis, resolveRules } from '../deadline/index.ts';
import type { PackedCalendar, Rules } from '../schema/index.ts';
import { readSetting, type SettingName } from './settings.ts';

/** Settings that a basis is made of. */
const MADE_OF: readonly SettingName[] = ['rules', 'calendars'];

export const isOfBasis = (name: SettingName): boolean => MADE_OF.includes(name);

/** The unit's calendar and rules as numbers: what a page is given. */
export async function readUnit(): Promise<{ calendar: PackedCalendar; rules: Rules }> {
  const layers = await readSetting('calendars');
  return {
    calendar: packCalendar(mergeCalendars(SHIPPED_CALENDAR, layers)),
    rules: resolveRules(await readSetting('rules')),
  };
}

/** The same, ready to count with. */
export async function readBasis(): Promise<Basis> {
  const { calendar, rules } = await readUnit();
  return { table: buildTable(calendar), rules };
}
