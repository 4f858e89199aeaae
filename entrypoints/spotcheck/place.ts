export const STEP_IDS = ['sample', 'check', 'result'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** Where among the spot checks the person is. */
export type Place = { kind: 'kept' } | { kind: 'new' } | { kind: 'opened'; id: string; step: StepId };

/** The place that the part of an address behind `#` names; the list where it names none. */
export function placeOf(hash: string): Place {
  const words = hash.replace(/^#/, '');
  if (words === 'new') return { kind: words };
  const about = new URLSearchParams(words);
  const id = about.get('id');
  if (id === null) return { kind: 'kept' };
  return { kind: 'opened', id, step: STEP_IDS.find((step) => step === about.get('step')) ?? 'sample' };
}

/** The other part of the page. */
export const INDICATORS = 'indicators';

export function textOf(place: Place): string {
  switch (place.kind) {
    case 'kept':
      return '';
    case 'opened':
      return new URLSearchParams({ id: place.id, step: place.step }).toString();
    default:
      return place.kind;
  }
}
