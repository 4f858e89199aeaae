import type { TagValues } from '../../../lib/letters/index.ts';

/**
 * The ways of making a batch, each loading only its own libraries, so that a process that runs one has the memory of that one
 * alone. Runs in Node and in a page.
 */

export const LETTERS = 500;
export const ENGINES = ['ours', 'merged', 'docxtemplater'] as const;
export type Engine = (typeof ENGINES)[number];

export interface Batch {
  template: Uint8Array;
  /** What each letter says, but for its recipient and code. */
  sample: TagValues;
  /** Called after every letter. */
  each: () => void;
}

/** Values of the i-th letter: no two are the same, as in a real batch. */
const valuesOf = (sample: TagValues, i: number): TagValues => ({
  ...sample,
  kinhGui: `Ông/Bà Nguyễn Văn Mẫu ${i}`,
  maHoSo: `H29.999-261101-${String(i).padStart(4, '0')}`,
});

/** Fills and packs, one file a letter; or `merged`: one file with all of them. */
async function ours({ template: bytes, sample, each }: Batch, merged: boolean): Promise<Uint8Array[]> {
  const { createMerger, fillTemplate, openTemplate, toDocx } = await import('../../../lib/letters/index.ts');
  const template = openTemplate(bytes);
  const merger = createMerger(template);
  const files: Uint8Array[] = [];
  for (let i = 0; i < LETTERS; i++) {
    const filled = await fillTemplate(template, valuesOf(sample, i));
    if (!filled.ok) throw new Error('Mẫu không điền được.');
    if (merged) merger.add(filled.letter);
    else files.push(toDocx(filled.letter));
    each();
  }
  return merged ? [merger.finish()] : files;
}

/** The same template without the option of easy-template-x that docxtemplater does not know. */
async function theirs({ template: bytes, sample, each }: Batch): Promise<Uint8Array[]> {
  const [{ default: Docxtemplater }, { default: PizZip }] = await Promise.all([
    import('docxtemplater'),
    import('pizzip'),
  ]);
  const zip = new PizZip(bytes);
  const xml = zip.file('word/document.xml')?.asText() ?? '';
  zip.file('word/document.xml', xml.replace(/ \[loopOver: "paragraph"\]/g, ''));
  const plain = zip.generate({ type: 'uint8array' });
  const files: Uint8Array[] = [];
  for (let i = 0; i < LETTERS; i++) {
    const engine = new Docxtemplater(new PizZip(plain), {
      paragraphLoop: true,
      linebreaks: true,
      nullGetter: () => '',
    });
    engine.render(valuesOf(sample, i));
    files.push(engine.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' }));
    each();
  }
  return files;
}

/**
 * Makes LETTERS letters and keeps them, as a page does until they are saved.
 * @throws when what came out cannot be that many letters
 */
export async function makeBatch(engine: Engine, batch: Batch): Promise<void> {
  const files = engine === 'docxtemplater' ? await theirs(batch) : await ours(batch, engine === 'merged');
  const bytes = files.reduce((sum, { length }) => sum + length, 0);
  const enough = engine === 'merged' ? bytes > LETTERS * 100 : files.length === LETTERS && bytes > LETTERS * 1000;
  if (!enough) throw new Error('Phép đo làm ra những lá thư trống.');
}
