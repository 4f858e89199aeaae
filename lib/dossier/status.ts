import type { DossierStatusCode } from '../schema/index.ts';
import { fold } from '../text/index.ts';
import names from './data/status-names.json' with { type: 'json' };
import data from './data/statuses.json' with { type: 'json' };

const byWords = new Map<string, DossierStatusCode>();
for (const status of data.statuses) {
  const code = status.code as DossierStatusCode;
  for (const words of status.words) byWords.set(fold(words), code);
}

/**
 * National status (1–10) of the words a system shows; `unknown` when they are not in our list. No guess by
 * containment: "Không được tiếp nhận" contains "được tiếp nhận".
 */
export function statusOf(text: string): DossierStatusCode {
  return byWords.get(fold(text)) ?? 'unknown';
}

/** Official Vietnamese name of a status; "Không rõ" for `unknown`. */
export function statusName(code: DossierStatusCode): string {
  return (names.names as Partial<Record<DossierStatusCode, string>>)[code] ?? 'Không rõ';
}
