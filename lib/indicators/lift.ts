import { bitOf, MASKS, MENDS, type Mend } from './outcome.ts';
import { scoreOf } from './score.ts';
import type { IndicatorComponent } from './table.ts';
import type { ComponentTally, MendTally } from './tally.ts';

/** What mending everything of one kind would bring, computed again under the thresholds and not by rule of three. */
export interface Lift {
  mend: Mend;
  /** Dossiers to mend. */
  dossiers: number;
  /** Points gained over all components. */
  gain: number;
  components: { id: string /** Dossiers that would then pass. */; flips: number; gain: number }[];
}

export type Computed = { component: IndicatorComponent; tally: ComponentTally };

/** Failures that pass once everything in `mask` is mended. */
export function flipsOf({ needs }: Pick<ComponentTally, 'needs'>, mask: number): number {
  let flips = 0;
  for (let need = 1; need < MASKS; need++) if ((need & mask) === need) flips += needs[need] as number;
  return flips;
}

function gainOf({ component, tally }: Computed, mask: number) {
  const { passed, failed } = tally;
  const flips = flipsOf(tally, mask);
  const gain = scoreOf(component, passed + flips, passed + failed) - scoreOf(component, passed, passed + failed);
  return { id: component.id, flips, gain };
}

/** Points gained when every dossier that can be mended is. */
export const gainOfAll = (computed: readonly Computed[]): number =>
  computed.reduce((sum, one) => sum + gainOf(one, MASKS - 1).gain, 0);

/** What would lift the score most, the most first; kinds that bring nothing are left out. */
export function liftsOf(computed: readonly Computed[], { dossiers }: MendTally): Lift[] {
  return MENDS.map((mend, i): Lift => {
    const components = computed.map((one) => gainOf(one, bitOf(mend))).filter(({ flips }) => flips > 0);
    return {
      mend,
      dossiers: dossiers[i] as number,
      gain: components.reduce((sum, { gain }) => sum + gain, 0),
      components,
    };
  })
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain);
}
