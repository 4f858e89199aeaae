import type { CalendarLayer } from '../../lib/calendar/index.ts';
import type { UnitRules } from '../../lib/deadline/index.ts';
import { readSetting, type Settings, updateSetting } from '../../lib/platform/index.ts';

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

/** Settings that are lists of imported files. */
type ListName = 'calendars' | 'catalogues';
type Item<N extends ListName> = Settings[N][number];

/** Changes a list of imported files. */
export async function saveList<N extends ListName>(
  name: N,
  change: (layers: readonly Item<N>[]) => readonly Item<N>[],
): Promise<Back> {
  let before: Settings[N];
  await updateSetting(name, (layers) => {
    before = layers;
    return [...change(layers)] as Settings[N];
  });
  return () => updateSetting(name, () => before);
}

/** Replaces rules and calendars together; when the second cannot be written, the first is put back. */
export async function saveUnit(unit: { rules: UnitRules; calendars: CalendarLayer[] }): Promise<Back> {
  const rules = await readSetting('rules');
  const backCalendars = await saveList('calendars', () => unit.calendars);
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
