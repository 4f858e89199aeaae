import { type CalendarLayer, type CalendarYear, dateOfDayOff, type WorkingCalendar } from './schema.ts';

type LayerYear = CalendarLayer['years'][number];
const AND = ' + ';

/** Both names, once each, as long as the schema allows. */
function joined(first: string, second: string, max: number): string {
  if (second === '' || `${AND}${first}${AND}`.includes(`${AND}${second}${AND}`)) return first;
  const text = first === '' ? second : `${first}${AND}${second}`;
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** A national year stands on its own: what it leaves out is empty, and not what stood there before. */
function replacement(layer: CalendarLayer, year: LayerYear): CalendarYear {
  return {
    year: year.year,
    status: year.status ?? 'official',
    source: year.source ?? layer.source,
    off: year.off ?? [],
    working: year.working ?? [],
    swaps: year.swaps ?? [],
    undecided: year.undecided ?? [],
  };
}

/** Values of both lists, once each; where the keys are the same, the later one. */
function union<T>(first: readonly T[], second: readonly T[], keyOf: (one: T) => string): Map<string, T> {
  return new Map([...first, ...second].map((one) => [keyOf(one), one]));
}

const byKey = <T>(map: Map<string, T>): T[] => [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);

const MAX_SWAPS = 60;
const MAX_UNDECIDED = 60;

/** A unit's own days over a year that is known. Dates of another year are left out; `layerFindings` names them. */
function overlaid(base: CalendarYear, layer: CalendarLayer, own: LayerYear): CalendarYear {
  const inYear = (date: string) => date.startsWith(`${base.year}-`);
  const source = own.source ?? layer.source;
  const offs = (own.off ?? []).map((off) =>
    typeof off === 'string' || off.source || !source ? off : { ...off, source: source.slice(0, 300) },
  );
  const ownOff = new Map(offs.map((off) => [dateOfDayOff(off), off]));
  const ownWorking = new Map((own.working ?? []).map((day) => [day.date, day]));
  // A bare date says no more than the national table does; an own reason does.
  const added = [...ownOff.values()].filter((off) => typeof off !== 'string');
  const off = union([...ownOff.values(), ...base.off, ...added], [], dateOfDayOff);
  const working = union(base.working, [], ({ date }) => date);
  for (const date of ownOff.keys()) working.delete(date);
  for (const [date, day] of ownWorking) {
    off.delete(date);
    working.set(date, day);
  }
  for (const map of [off, working]) for (const date of map.keys()) if (!inYear(date)) map.delete(date);
  // A pair of which the unit has taken back one half is no swap any more.
  const kept = base.swaps.filter((swap) => !ownWorking.has(swap.off) && !ownOff.has(swap.work));
  return {
    ...base,
    source: joined(base.source, source, 600),
    off: byKey(off),
    working: byKey(working),
    swaps: byKey(union(kept, own.swaps ?? [], (swap) => `${swap.off} ${swap.work}`)).slice(0, MAX_SWAPS),
    undecided: [...union(base.undecided, own.undecided ?? [], (one) => JSON.stringify(one)).values()].slice(
      0,
      MAX_UNDECIDED,
    ),
  };
}

function mergeLayer(base: WorkingCalendar, layer: CalendarLayer): WorkingCalendar {
  const years = new Map(base.years.map((year) => [year.year, year]));
  for (const own of layer.years) {
    const known = years.get(own.year);
    if (layer.kind === 'national') years.set(own.year, replacement(layer, own));
    else if (known !== undefined) years.set(own.year, overlaid(known, layer, own));
  }
  const sameDayCutoff = layer.sameDayCutoff ?? base.sameDayCutoff;
  return {
    id: base.id,
    version: joined(base.version, layer.version, 80),
    label: joined(base.label, layer.label, 300),
    source: joined(base.source, layer.source, 600),
    ...(sameDayCutoff === undefined ? {} : { sameDayCutoff }),
    weekly: layer.weekly ?? base.weekly,
    years: [...years.values()].sort((a, b) => a.year - b.year),
  };
}

/**
 * A calendar with layers laid over it; of two layers the later one wins. A national layer replaces each year that it names as a
 * whole and may add years. A unit layer changes only years that are known: its working day takes the date out of the days off,
 * its day off out of the working days, with the swaps they belonged to. Either may bring weekly hours and the cut-off of
 * same-day procedures. Never throws; what cannot be right in a layer is for `layerFindings` to say.
 */
export function mergeCalendars(base: WorkingCalendar, layers: readonly CalendarLayer[]): WorkingCalendar {
  return layers.reduce(mergeLayer, base);
}
