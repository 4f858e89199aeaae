import type { DocxPackage } from './docx.ts';
import { partText } from './docx.ts';
import { scanXml } from './xml-scan.ts';

/** A paragraph of a content part with what a tag could stand in. */
export interface Paragraph {
  part: string;
  /** Texts of the runs, in order; together the text of the paragraph. */
  runs: string[];
  inTextBox: boolean;
  inTable: boolean;
}

export interface FoundTag {
  paragraph: Paragraph;
  /** As it stands there: `{#noiNhan [loopOver: "paragraph"]}`. */
  raw: string;
  kind: 'value' | 'open' | 'close';
  /** NFC, without `#`, `/` and options. */
  name: string;
  /** As typed. */
  typed: string;
  options: string;
  /** Word has cut it into several runs. */
  split: boolean;
}

/** A brace that is not half of a tag. */
export interface StrayBrace {
  paragraph: Paragraph;
  brace: '{' | '}';
  /** What stands around it. */
  around: string;
}

/** Every paragraph of a part; of one inside another (a text box) the inner ends first. */
export function paragraphsOf(docx: DocxPackage, part: string): Paragraph[] {
  const done: Paragraph[] = [];
  const open: Paragraph[] = [];
  let boxes = 0;
  let tables = 0;
  let inText = false;
  scanXml(partText(docx, part), {
    open(name) {
      if (name === 'w:p') open.push({ part, runs: [], inTextBox: boxes > 0, inTable: tables > 0 });
      else if (name === 'w:txbxContent') boxes++;
      else if (name === 'w:tbl') tables++;
      else if (name === 'w:t') inText = true;
    },
    close(name) {
      if (name === 'w:p') done.push(open.pop() as Paragraph);
      else if (name === 'w:txbxContent') boxes--;
      else if (name === 'w:tbl') tables--;
      else if (name === 'w:t') inText = false;
    },
    text(text) {
      if (inText) open.at(-1)?.runs.push(text);
    },
  });
  return done;
}

/** Index of the run in which a character stands. */
function runAt({ runs }: Paragraph, index: number): number {
  let end = 0;
  return runs.findIndex((run) => {
    end += run.length;
    return index < end;
  });
}

const NAME = /^\{(.*?)(?:\s*\[(.*?)\])?\s*\}$/s;

/** The tags of a paragraph, and the braces that are none. A tag goes from `{` to the next `}`. */
export function tagsOf(paragraph: Paragraph): { tags: FoundTag[]; stray: StrayBrace[] } {
  const text = paragraph.runs.join('');
  const tags: FoundTag[] = [];
  const stray: StrayBrace[] = [];
  let start = -1;
  const lose = (at: number) =>
    stray.push({ paragraph, brace: text[at] as '{' | '}', around: text.slice(Math.max(0, at - 12), at + 20) });
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') {
      if (start >= 0) lose(start);
      start = at;
    } else if (text[at] === '}') {
      if (start < 0) lose(at);
      else tags.push(tagOf(paragraph, text, start, at));
      start = -1;
    }
  }
  if (start >= 0) lose(start);
  return { tags, stray };
}

function tagOf(paragraph: Paragraph, text: string, start: number, end: number): FoundTag {
  const raw = text.slice(start, end + 1);
  const [, inner = '', options = ''] = NAME.exec(raw) ?? [];
  const typed = inner.trim();
  const kind = typed.startsWith('#') ? 'open' : typed.startsWith('/') ? 'close' : 'value';
  const name = (kind === 'value' ? typed : typed.slice(1).trim()).normalize('NFC');
  return { paragraph, raw, kind, name, typed, options, split: runAt(paragraph, start) !== runAt(paragraph, end) };
}
