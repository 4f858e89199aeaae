import { type ApologyState, apologyWindow, type Basis } from '../../lib/deadline/index.ts';
import { advance, type RegisterEntry, type RegisterEvent, undo } from '../../lib/letters/index.ts';
import { type RegisterKey, updateRegister } from '../../lib/platform/index.ts';
import { fullDate } from '../../lib/text/index.ts';

/** Puts back what a step changed. */
export type Back = () => Promise<unknown>;

export type Taken = { ok: true; entry: RegisterEntry; back: Back } | { ok: false; message: string };

/** The clocks' word on a dossier's letter, in case nobody has looked yet. */
export function apologyOf(basis: Basis, dueAt: number | null | undefined, now: number): ApologyState {
  const window = dueAt == null ? null : apologyWindow(basis.table, dueAt, now);
  return window?.state ?? 'none';
}

function refusal(entry: RegisterEntry, why: 'issued' | 'state'): string {
  if (why === 'state') return 'Sổ ghi hồ sơ này không cần thư; hãy hoàn tác trong sổ trước.';
  const when = entry.issuedAt === undefined ? '' : ` ngày ${fullDate(entry.issuedAt)}`;
  return `Hồ sơ này đã có thư gửi${when}; mỗi hồ sơ chỉ một thư, hẹn lại một lần.`;
}

/**
 * Takes a step for a dossier in the register, which may not be there yet. Codes, dates and presets only.
 * @param apology what the clocks say, noted before the step.
 * @throws when the store cannot be written.
 */
export async function takeStep(
  key: RegisterKey,
  event: RegisterEvent,
  now: number,
  apology: ApologyState = 'none',
): Promise<Taken> {
  let refused = '';
  const entry = await updateRegister(key, now, (found) => {
    const known: RegisterEntry = {
      ...found,
      oldDueAt: found.oldDueAt ?? key.oldDueAt,
      letterDueAt: found.letterDueAt ?? key.letterDueAt,
      procedureCode: found.procedureCode ?? key.procedureCode,
    };
    const seen = advance(known, { type: 'observe', apology }, now);
    const step = advance(seen.ok ? seen.entry : known, event, now);
    if (step.ok) return step.entry;
    refused = refusal(known, step.why);
    return null;
  });
  if (refused !== '') return { ok: false, message: refused };
  return { ok: true, entry, back: () => takeBack(entry, now) };
}

/** Takes the last step back, unless another was taken since. */
export async function takeBack(entry: RegisterEntry, now: number): Promise<RegisterEntry> {
  return updateRegister(entry, now, (found) =>
    found.changedAt === entry.changedAt && found.state === entry.state ? undo(found) : null,
  );
}
