import { Stop } from '../budget.ts';
import type { PdfDocument } from './document.ts';
import { type Dict, nameOf, Ref, type Value } from './lex.ts';

/** Nodes of a page tree; the longest honest file that was met has a twentieth. */
const MAX_NODES = 200_000;
const POINTS_PER_INCH = 72;
const MM_PER_INCH = 25.4;
/** US Letter is what readers take when a page states no size. */
const DEFAULT_BOX = [0, 0, 612, 792];

/** A page with what it inherits from the nodes above it. */
export interface PdfPage {
  dict: Dict;
  /** Object number; undefined when the page is written inside the tree. */
  num: number | undefined;
  resources: Value;
  box: Value;
  rotate: Value;
}

/** All pages in order. Each node is visited once, so a tree that loops ends. */
export function pagesOf(doc: PdfDocument): PdfPage[] {
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  let nodes = 0;
  const top = { dict: new Map(), num: undefined, resources: null, box: null, rotate: null } as PdfPage;
  const stack: [Value, PdfPage][] = [[doc.root.get('Pages') ?? null, top]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [value, above] = next;
    if (++nodes > MAX_NODES) throw new Stop('too-complex');
    if (nodes % 256 === 0) doc.budget.check();
    const num = value instanceof Ref ? value.num : undefined;
    if (num !== undefined && seen.has(num)) continue;
    if (num !== undefined) seen.add(num);
    const dict = doc.dict(value);
    if (!dict) continue;
    const page: PdfPage = {
      dict,
      num,
      resources: dict.get('Resources') ?? above.resources,
      box: dict.get('CropBox') ?? dict.get('MediaBox') ?? above.box,
      rotate: dict.get('Rotate') ?? above.rotate,
    };
    const kids = doc.get(dict.get('Kids'));
    if (nameOf(dict.get('Type')) === 'Page' || !Array.isArray(kids)) pages.push(page);
    else for (let i = kids.length - 1; i >= 0; i--) stack.push([kids[i] as Value, page]);
  }
  return pages;
}

export interface PageFrame {
  /** Points: left, bottom, right, top. */
  box: [number, number, number, number];
  /** Millimetres, as seen. */
  width: number;
  height: number;
  /** Inches a unit. */
  inch: number;
}

export function frameOf(doc: PdfDocument, page: PdfPage): PageFrame {
  const numbers = doc.array(page.box).map((one) => doc.number(one) ?? 0);
  const [x1, y1, x2, y2] = (numbers.length === 4 ? numbers : DEFAULT_BOX) as [number, number, number, number];
  const box: PageFrame['box'] = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  const unit = doc.number(page.dict.get('UserUnit')) ?? 1;
  return frameFrom(box, unit, doc.number(page.rotate) ?? 0);
}

/** The frame of a box in points (times a user unit), turned by degrees. */
export function frameFrom(box: PageFrame['box'], unit: number, rotate: number): PageFrame {
  const inch = unit / POINTS_PER_INCH;
  const mm = (points: number) => Math.round(points * inch * MM_PER_INCH);
  const [w, h] = [mm(box[2] - box[0]), mm(box[3] - box[1])];
  const turned = Math.abs(rotate % 180) === 90;
  return { box, width: turned ? h : w, height: turned ? w : h, inch };
}

/**
 * Which pages of `count` are looked at (indices from 0): all, or the first and last ten and an even spread between, so that the
 * same file always gives the same pages.
 */
export function samplePages(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const edge = Math.max(1, Math.min(10, Math.floor(most / 4)));
  const between = most - 2 * edge;
  const span = count - 2 * edge;
  const middle = Array.from({ length: between }, (_, i) => edge + Math.floor(((i + 0.5) * span) / between));
  const range = (from: number) => Array.from({ length: edge }, (_, i) => from + i);
  return [...new Set([...range(0), ...middle, ...range(count - edge)])];
}
