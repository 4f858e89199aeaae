import { advance, undo } from '../../lib/letters/index.ts';
import { type RegisterKey, updateRegister } from '../../lib/platform/index.ts';
import type { WorklistItem } from '../../lib/ui/index.ts';

/** What a dossier of the worklist enters the register with: code, dates and unit, no person. */
function keyOf({ entry, assessment, letter }: WorklistItem): RegisterKey {
  const { code, host, record } = entry;
  return {
    code,
    host,
    unit: record.unit ?? '',
    procedureCode: record.procedure.code,
    oldDueAt: assessment.clocks.find(({ clock }) => clock === 'appointment')?.dueAt ?? undefined,
    letterDueAt: letter?.need?.letterDueAt,
  };
}

/**
 * Notes that the letter of a dossier went out at `at` (epoch minutes). That it was needed or late is noted first, so that the
 * month's report and taking it back both find what was so.
 * @returns false when the register has it as sent already, or as not needed.
 */
export async function issueLetter(item: WorklistItem, at: number): Promise<boolean> {
  let issued = false;
  await updateRegister(keyOf(item), at, (before) => {
    const apology = item.letter?.need?.state ?? 'none';
    const seen = advance(before, { type: 'observe', apology }, at);
    const sent = advance(seen.ok ? seen.entry : before, { type: 'issue' }, at);
    issued = sent.ok;
    return sent.ok ? sent.entry : null;
  });
  return issued;
}

/** Takes that back, unless something else has been noted since. */
export async function takeBackLetter(item: WorklistItem, at: number): Promise<void> {
  await updateRegister(keyOf(item), at, (entry) => (entry.state === 'issued' ? undo(entry) : null));
}
