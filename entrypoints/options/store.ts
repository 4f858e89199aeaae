import type { CalendarLayer } from '../../lib/calendar/index.ts';
import type { UnitRules } from '../../lib/deadline/index.ts';
import { readSetting, updateSetting } from '../../lib/platform/index.ts';

/** Puts back what a write replaced. */
export type Back = () => Promise<unknown>;

/** Changes one part of the rules and leaves the others as they are at that moment. */
export async function saveRules<K extends keyof UnitRules>(
  part: K,
  change: (value: UnitRules[K]) => UnitRules[K],
): Promise<Back> {
  let before: UnitRules[K];
  await updateSetting('rules', (rules) => {
    before = rules[part];
    return { ...rules, [part]: change(before) };
  });
  return () => updateSetting('rules', (rules) => ({ ...rules, [part]: before }));
}

/** Changes the list of imported calendars. */
export async function saveCalendars(
  change: (layers: readonly CalendarLayer[]) => readonly CalendarLayer[],
): Promise<Back> {
  let before: CalendarLayer[] = [];
  await updateSetting('calendars', (layers) => {
    before = layers;
    return [...change(layers)];
  });
  return () => updateSetting('calendars', () => before);
}

/** Replaces rules and calendars together; when the second cannot be written, the first is put back. */
export async function saveUnit(unit: { rules: UnitRules; calendars: CalendarLayer[] }): Promise<Back> {
  const rules = await readSetting('rules');
  const backCalendars = await saveCalendars(() => unit.calendars);
  try {
    await updateSetting('rules', () => unit.rules);
  } catch (error) {
    await backCalendars();
    throw error;
  }
  return async () => {
    await backCalendars();
    await updateSetting('rules', () => rules);
  };
}
