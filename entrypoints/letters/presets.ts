import { LETTER_REASONS, type LetterReason, type LetterUnit } from '../../lib/letters/index.ts';

/** A reason to choose from; the unit's own sentences go before those that ship. */
export interface Preset {
  /** Value in a list of choices. */
  value: string;
  label: string;
  /** What the letter says; empty for "Lý do khác". */
  text: string;
  /** What the register keeps: never the sentence itself, which may name someone. */
  reasonId: string;
}

const OTHER = 'other';
const LABEL_LENGTH = 80;

const shortened = (text: string) => (text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text);

export function presetsOf({ lyDo = [] }: LetterUnit, shipped: readonly LetterReason[] = LETTER_REASONS): Preset[] {
  const own = lyDo.map((text, i) => ({ value: `own-${i}`, label: shortened(text), text, reasonId: OTHER }));
  return [...own, ...shipped.map(({ id, label, text }) => ({ value: id, label, text, reasonId: id }))];
}

/** The choice that a reason came from. */
export function presetValue(presets: readonly Preset[], reasonId: string, reason: string): string {
  return presets.find((one) => one.reasonId === reasonId && one.text === reason)?.value ?? reasonId;
}
