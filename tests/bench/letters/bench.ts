import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import {
  createMerger,
  fillTemplate,
  openTemplate,
  sampleValues,
  type TagValues,
  toDocx,
} from '../../../lib/letters/index.ts';
import { median } from '../deadline/sample.ts';

const LETTERS = 500;
const TEMPLATES = ['tt01-2018', 'tt03-2025', 'nd30-2020'] as const;
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'lib', 'letters', 'templates');

const cpu = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Values of the i-th letter: no two are the same, as in a real batch. */
function valuesOf(i: number): TagValues {
  return {
    ...sampleValues(),
    kinhGui: `Ông/Bà Nguyễn Văn Mẫu ${i}`,
    maHoSo: `H29.999-261101-${String(i).padStart(4, '0')}`,
  };
}

/** Processor milliseconds of a batch. */
async function cost(batch: () => Promise<number>): Promise<number> {
  const start = cpu();
  const bytes = await batch();
  const ms = cpu() - start;
  if (bytes < LETTERS * 1000) throw new Error('Phép đo làm ra những lá thư trống.');
  return ms;
}

async function ours(bytes: Uint8Array): Promise<number> {
  const template = openTemplate(bytes);
  let size = 0;
  for (let i = 0; i < LETTERS; i++) {
    const filled = await fillTemplate(template, valuesOf(i));
    if (!filled.ok) throw new Error('Mẫu không điền được.');
    size += toDocx(filled.letter).length;
  }
  return size;
}

async function merged(bytes: Uint8Array): Promise<number> {
  const template = openTemplate(bytes);
  const merger = createMerger(template);
  for (let i = 0; i < LETTERS; i++) {
    const filled = await fillTemplate(template, valuesOf(i));
    if (filled.ok) merger.add(filled.letter);
  }
  return merger.finish().length * LETTERS;
}

/** The same template without the option of easy-template-x that docxtemplater does not know. */
async function theirs(bytes: Uint8Array): Promise<number> {
  const zip = new PizZip(bytes);
  const xml = zip.file('word/document.xml')?.asText() ?? '';
  zip.file('word/document.xml', xml.replace(/ \[loopOver: "paragraph"\]/g, ''));
  const plain = zip.generate({ type: 'uint8array' });
  let size = 0;
  for (let i = 0; i < LETTERS; i++) {
    const engine = new Docxtemplater(new PizZip(plain), {
      paragraphLoop: true,
      linebreaks: true,
      nullGetter: () => '',
    });
    engine.render(valuesOf(i));
    size += engine.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' }).length;
  }
  return size;
}

/** Batches of 500 letters beside docxtemplater on the same template. Reports, never judges by a clock. */
export async function bench({ rounds }: { rounds: number }): Promise<void> {
  console.log(`\nthư xin lỗi: ${LETTERS} lá mỗi mẻ, thời gian bộ xử lý, trung vị ${rounds} lượt xen kẽ\n`);
  for (const name of TEMPLATES) {
    const bytes = new Uint8Array(readFileSync(join(FOLDER, `${name}.docx`)));
    const found: Record<'ours' | 'merged' | 'theirs', number[]> = { ours: [], merged: [], theirs: [] };
    await ours(bytes);
    for (let round = 0; round < rounds; round++) {
      found.ours.push(await cost(() => ours(bytes)));
      found.theirs.push(await cost(() => theirs(bytes)));
      found.merged.push(await cost(() => merged(bytes)));
    }
    const ms = (key: keyof typeof found) => median(found[key]);
    const rate = (key: keyof typeof found) => `${Math.round((LETTERS * 1000) / ms(key))} lá/giây`;
    const ratio = ms('theirs') / ms('ours');
    console.log(
      `${name.padEnd(10)}  Đúng Hẹn ${rate('ours')}; gộp một tệp ${rate('merged')}; docxtemplater ${rate('theirs')}; nhanh hơn ${ratio.toFixed(1)} lần (mức đề ra: ít nhất 1): ${ratio >= 1 ? 'ĐẠT' : 'KHÔNG ĐẠT'}`,
    );
  }
}
