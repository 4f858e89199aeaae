import { fieldOf, type JsonProblem, readJson } from '../json/index.ts';
import { CatalogueFile } from './schema.ts';

export type CatalogueReading = { ok: true; catalogue: CatalogueFile } | { ok: false; problems: JsonProblem[] };

/** What a schema cannot see: codes that stand twice, groups of one, conditions that are none. */
function contradictions({ procedures }: CatalogueFile): { path: (string | number)[]; message: string }[] {
  const seen = new Set<string>();
  return procedures.flatMap(({ code, components }, i) => {
    const path = ['procedures', i];
    const found: { path: (string | number)[]; message: string }[] = [];
    if (seen.has(code)) found.push({ path: [...path, 'code'], message: `mã ${code} có hai lần trong tệp này` });
    seen.add(code);
    components.forEach(({ oneOf, condition, channel, required }, j) => {
      const at = [...path, 'components', j];
      if (oneOf !== undefined && !required && components.filter((one) => one.oneOf === oneOf).length < 2) {
        found.push({ path: [...at, 'oneOf'], message: `nhóm «${oneOf}» chỉ có một giấy tờ` });
      }
      if (condition?.when === 'channel' && channel === undefined) {
        found.push({ path: [...at, 'condition'], message: 'điều kiện theo kênh nộp mà không ghi channel' });
      }
      if (required && condition !== undefined) {
        found.push({ path: [...at, 'condition'], message: 'giấy luôn phải có (required) thì không có điều kiện' });
      }
    });
    return found;
  });
}

/**
 * Reads a catalogue that an admin imports, in the form of the shipped one. Never throws; each fault has line, column and field, a field
 * that nothing reads is one.
 */
export function readCatalogueFile(text: string): CatalogueReading {
  const reading = readJson(text, CatalogueFile);
  if (!reading.ok) return reading;
  const problems = contradictions(reading.data).map(({ path, message }) => ({
    ...reading.at(path),
    field: fieldOf(path),
    message,
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, catalogue: reading.data };
}
