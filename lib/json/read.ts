import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type * as z from 'zod/mini';

/** What is wrong with a file, and where. Lines and columns count from 1. */
export interface JsonProblem {
  line: number;
  column: number;
  /** `years[2].off[0]`; empty when it is the text itself. */
  field: string;
  message: string;
}

export type JsonPath = readonly (string | number)[];

export type JsonReading<T> =
  | { ok: true; data: T; at(path: JsonPath): { line: number; column: number } }
  | { ok: false; problems: JsonProblem[] };

const SYNTAX: Record<string, string> = {
  InvalidSymbol: 'chữ hay dấu lạ',
  InvalidNumberFormat: 'số viết sai',
  PropertyNameExpected: 'thiếu tên trường (trong dấu nháy kép)',
  ValueExpected: 'thiếu giá trị',
  ColonExpected: 'thiếu dấu hai chấm',
  CommaExpected: 'thiếu dấu phẩy',
  CloseBraceExpected: 'thiếu dấu } đóng',
  CloseBracketExpected: 'thiếu dấu ] đóng',
  EndOfFileExpected: 'còn chữ thừa ở cuối',
  InvalidCommentToken: 'JSON không có chú thích',
  UnexpectedEndOfComment: 'JSON không có chú thích',
  UnexpectedEndOfString: 'chuỗi chưa đóng nháy',
  UnexpectedEndOfNumber: 'số viết dở',
  InvalidUnicode: 'mã Unicode sai',
  InvalidEscapeCharacter: 'dấu \\ sai',
  InvalidCharacter: 'ký tự không được phép trong chuỗi',
};

const TYPES: Record<string, string> = {
  string: 'chữ (trong dấu nháy kép)',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách […]',
  tuple: 'danh sách […]',
  object: 'đối tượng {…}',
};

/** `years[2].off[0]` */
export function fieldOf(path: JsonPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const plain = /^[\p{L}_$][\p{L}\d_$]*$/u.test(key) ? key : null;
    if (plain === null) return `${text}[${JSON.stringify(key)}]`;
    return text === '' ? plain : `${text}.${plain}`;
  }, '');
}

/** What a schema does not like, in Vietnamese; a message of the schema's own goes before. */
function wordsFor(issue: z.core.$ZodRawIssue): string {
  const raw = issue as unknown as Record<string, unknown>;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'thiếu trường này'
        : `phải là ${TYPES[raw.expected as string] ?? String(raw.expected)}`;
    case 'invalid_value':
      return issue.input === undefined
        ? 'thiếu trường này'
        : `phải là một trong: ${(raw.values as unknown[]).join(', ')}`;
    case 'invalid_union':
      return issue.input === undefined ? 'thiếu trường này' : 'không theo dạng nào được nhận';
    case 'too_small':
      return raw.origin === 'string' ? 'không được để trống' : `nhỏ nhất là ${raw.minimum}`;
    case 'too_big':
      return raw.origin === 'number' ? `lớn nhất là ${raw.maximum}` : `dài quá ${raw.maximum}`;
    case 'unrecognized_keys':
      return `có trường lạ: ${(raw.keys as string[]).join(', ')}`;
    default:
      return 'giá trị không hợp lệ';
  }
}

/** Places of a text: offset → line and column. */
function placesOf(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

/** The node of a path, or of the nearest thing around it that is there (a missing field has no place of its own). */
function nearest(root: Node, path: JsonPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return root;
}

/** Names that stand twice in one object: JSON.parse would take the last and lose the first without a word. */
function repeatedNames(node: Node, found: Node[] = []): Node[] {
  if (node.type === 'object') {
    const seen = new Set<string>();
    for (const { children } of node.children ?? []) {
      const name = children?.[0];
      if (name === undefined) continue;
      if (seen.has(name.value as string)) found.push(name);
      seen.add(name.value as string);
    }
  }
  for (const child of node.children ?? []) repeatedNames(child, found);
  return found;
}

/**
 * Reads JSON text and checks it. Never throws; every fault comes with line, column and field, in the order of the text.
 * @param schema what the value must be; its own messages are shown as they are.
 */
export function readJson<S extends z.ZodMiniType>(text: string, schema: S): JsonReading<z.infer<S>> {
  const bare = text.replace(/^\uFEFF/, '');
  const place = placesOf(bare);
  const errors: ParseError[] = [];
  const root = parseTree(bare, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0 || root === undefined) {
    const problems = errors.map(({ error, offset }) => ({
      ...place(offset),
      field: '',
      message: `không phải JSON: ${SYNTAX[printParseErrorCode(error)] ?? 'viết sai'}`,
    }));
    return {
      ok: false,
      problems: problems.length > 0 ? problems : [{ line: 1, column: 1, field: '', message: 'tệp trống' }],
    };
  }
  const repeated = repeatedNames(root).map((node) => ({
    ...place(node.offset),
    field: String(node.value),
    message: 'tên trường này có hai lần',
  }));
  const parsed = schema.safeParse(JSON.parse(bare), { error: wordsFor });
  if (parsed.success && repeated.length === 0) {
    return { ok: true, data: parsed.data as z.infer<S>, at: (path) => place(nearest(root, path).offset) };
  }
  const issues = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    ...place(nearest(root, path as JsonPath).offset),
    field: fieldOf(path as JsonPath),
    message,
  }));
  return { ok: false, problems: [...repeated, ...issues].sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** `lich.json:12: years[0].off[3]: ngày không tồn tại` */
export function problemText(file: string, { line, field, message }: JsonProblem): string {
  return [`${file}:${line}`, field, message].filter(Boolean).join(': ');
}

/** Fields that are written but that nothing reads: most often a name with a slip in it. */
export function unreadFields(written: unknown, read: unknown, path: JsonPath = []): JsonPath[] {
  if (typeof written !== 'object' || written === null || typeof read !== 'object' || read === null) return [];
  return Object.entries(written).flatMap(([name, value]) => {
    const here = [...path, Array.isArray(written) ? Number(name) : name];
    return name in read ? unreadFields(value, (read as Record<string, unknown>)[name], here) : [here];
  });
}
