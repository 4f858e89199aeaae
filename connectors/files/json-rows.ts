import { detectEncoding, textOf } from './encoding.ts';
import { type BadRow, type Cell, FileError, LIMITS, type SourceFile } from './source.ts';

/** An object of the file by its flat names (`procedure.code`). */
export interface JsonRow {
  line: number;
  values: Map<string, Cell>;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DEPTH = 4;
/** Language of a name in iGate's lists of translations: 228 is Vietnamese. */
const VIETNAMESE = 228;

/** Names of nested fields with a dot between; `skip` says which are not even looked at. */
function flatten(
  object: Json,
  skip: (name: string) => boolean,
  into: Map<string, Cell>,
  prefix = '',
  depth = 0,
): Map<string, Cell> {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (into.size >= LIMITS.columns * 2 || skip(name)) continue;
    if (isObject(value)) {
      if (depth < DEPTH) flatten(value, skip, into, name, depth + 1);
    } else if (Array.isArray(value)) into.set(name, ofList(value));
    else if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) into.set(name, value as Cell);
  }
  return into;
}

/** Texts of a list one a line; of translations the Vietnamese; of other objects, only whether there are any. */
function ofList(list: unknown[]): Cell {
  const objects = list.filter(isObject);
  if (objects.length === 0)
    return list.filter((item) => typeof item === 'string' || typeof item === 'number').join('\n');
  const name = (objects.find((item) => item.languageId === VIETNAMESE) ?? objects[0])?.name;
  return typeof name === 'string' ? name : true;
}

/** The list inside an answer that was saved as a file. */
function listIn(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  for (const name of ['data', 'result', 'content', 'dossiers', 'records', 'items', 'profileReceivers']) {
    const inner = value[name];
    if (Array.isArray(inner)) return inner;
    if (isObject(inner) && Array.isArray(inner.data)) return inner.data;
  }
  return null;
}

const NOT_OBJECT = 'không phải là một đối tượng JSON {…}';

/**
 * Objects of a .ndjson file (one a line) or of a .json document (a list, or an answer with the list inside). In a document the
 * "line" is the number of the object.
 * @throws FileError when it is neither.
 */
export async function* jsonRows(
  file: SourceFile,
  skip: (name: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<(JsonRow | BadRow)[]> {
  let rest = '';
  let line = 0;
  let asLines = false;
  const found = await detectEncoding(file);
  // JSON is Unicode by definition.
  const encoding = found === 'utf-16le' || found === 'utf-16be' ? found : 'utf-8';
  for await (const piece of textOf(file, encoding, signal)) {
    rest += piece;
    if (!asLines && !isLineOfObject(rest)) {
      if (rest.length > LIMITS.json)
        throw new FileError(
          file.name,
          `tài liệu JSON lớn hơn ${LIMITS.json >> 20} MB; hãy lưu mỗi hồ sơ một dòng (.ndjson) hoặc CSV`,
        );
      continue;
    }
    asLines = true;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LIMITS.cell * LIMITS.columns)
      throw new FileError(file.name, `dòng ${line + lines.length + 1} quá dài`);
    yield lines.flatMap((text) => rowOf(text, ++line, skip));
  }
  if (asLines) yield rowOf(rest, line + 1, skip);
  else yield whole(file, rest, skip);
}

/** Does the text begin with a line that is an object by itself? */
function isLineOfObject(text: string): boolean {
  const end = text.trimStart().indexOf('\n');
  const first = end < 0 ? '' : text.trimStart().slice(0, end).trim();
  if (!first.startsWith('{') || !first.endsWith('}')) return false;
  try {
    return listIn(JSON.parse(first)) === null;
  } catch {
    return false;
  }
}

function rowOf(text: string, line: number, skip: (name: string) => boolean): (JsonRow | BadRow)[] {
  if (text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return [isObject(value) ? { line, values: flatten(value, skip, new Map()) } : { line, reason: NOT_OBJECT }];
  } catch {
    return [{ line, reason: 'không phải JSON (dòng bị cắt hay ghi hỏng)' }];
  }
}

function whole(file: SourceFile, text: string, skip: (name: string) => boolean): (JsonRow | BadRow)[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileError(file.name, 'không phải JSON, hoặc tệp bị cắt giữa chừng');
  }
  const list = listIn(value) ?? (isObject(value) ? [value] : null);
  if (list === null) throw new FileError(file.name, 'không có danh sách hồ sơ nào trong tệp JSON');
  return list.map((item, i) =>
    isObject(item) ? { line: i + 1, values: flatten(item, skip, new Map()) } : { line: i + 1, reason: NOT_OBJECT },
  );
}
