import data from './data/fields.json' with { type: 'json' };
import formData from './data/forms.json' with { type: 'json' };
import reasonData from './data/reasons.json' with { type: 'json' };

/** What a letter says, as dated data (data/fields.json): the tags that a template may use. */
export interface LetterField {
  /** Name in a template: `{maHoSo}`. */
  tag: string;
  label: string;
  required: boolean;
  /** `unit`: a template of the unit may have it typed in; `dossier`: differs in every letter. */
  of: 'unit' | 'dossier';
  kind?: 'moment' | 'list';
  /** Tag of an item of a list: `{#noiNhan}{ten}{/}`. */
  item?: string;
  /** False: kept in the register, not meant for print. */
  print?: false;
  note?: string;
  /** Folded words by which a template shows that it has this typed in. */
  typedAs?: readonly string[];
  sample: string;
}

export const LETTER_FIELDS = data.fields as readonly LetterField[];
const byTag = new Map(LETTER_FIELDS.map((field) => [field.tag, field]));

export function fieldByTag(tag: string): LetterField | undefined {
  return byTag.get(tag);
}

/** A built-in template and the time in which its circular is in force. */
export interface LetterForm {
  id: string;
  label: string;
  /** File in templates/. */
  file: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  source: string;
  /** Defaults of the form; a unit may have its own. */
  trichYeu: string;
  loiXinLoi: string;
}

export const LETTER_FORMS = formData.forms as readonly LetterForm[];

export function formById(id: string): LetterForm | undefined {
  return LETTER_FORMS.find((form) => form.id === id);
}

/**
 * The form of the one-stop circulars in force on a day; the general layout before the first of them.
 * @param isoDay `YYYY-MM-DD` of the day on which the letter is drafted.
 */
export function formInForce(isoDay: string): LetterForm {
  const inForce = LETTER_FORMS.filter(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= isoDay && (effectiveTo === null || isoDay <= effectiveTo),
  );
  return (inForce.find(({ id }) => id.startsWith('tt')) ?? formById('nd30-2020')) as LetterForm;
}

/** A preset of a reason (data/reasons.json); `other` has no text of its own. */
export interface LetterReason {
  id: string;
  label: string;
  text: string;
  /** Words of a procedure's name or field to which it belongs; empty: to all. */
  fields: readonly string[];
}

export const LETTER_REASONS = reasonData.reasons as readonly LetterReason[];

/** Presets for a procedure, those of its own field first. */
export function reasonsFor(procedureName: string): LetterReason[] {
  const name = procedureName.normalize('NFC').toLowerCase();
  const own = LETTER_REASONS.filter(({ fields }) => fields.some((field) => name.includes(field)));
  return [...own, ...LETTER_REASONS.filter(({ fields }) => fields.length === 0)];
}
