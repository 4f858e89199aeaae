import type { IndicatorComponent } from './table.ts';

/** Points of a rate: in proportion, all of them from the threshold on. */
function pointsOf({ max, fullAt }: Pick<IndicatorComponent, 'max' | 'fullAt'>, rate: number): number {
  return max.value * Math.min(1, rate / fullAt.value);
}

/** Points of `passed` in `known`; 0 dossiers have no rate and no points. */
export function scoreOf(component: Pick<IndicatorComponent, 'max' | 'fullAt'>, passed: number, known: number): number {
  return known === 0 ? 0 : pointsOf(component, passed / known);
}

/** How many of `known` must pass for a rate to be reached; the rate itself counts as reached. */
export function neededFor(rate: number, known: number): number {
  const near = Math.ceil(rate * known);
  // 0.8 × 15 is 12.000000000000002 to a computer.
  return near > 0 && (near - 1) / known >= rate - 1e-12 ? near - 1 : near;
}
