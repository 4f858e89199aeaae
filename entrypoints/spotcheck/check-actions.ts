import { useLayoutEffect, useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import {
  type Decision,
  type Disagreement,
  decide,
  decisionsOf,
  type FrozenList,
  mergeSecond,
  nextOpen,
  replaceUnit,
  restoreDecision,
  type SampleRecord,
  type SampleUnit,
  SamplingError,
  settle,
  undoReplace,
  unmerge,
} from '../../lib/sampling/index.ts';
import { checkId } from './check-card.tsx';
import type { Session } from './check-session.ts';
import { DECISION_WORDS } from './check-words.ts';

export const STEP_ID = 'check-step';

/** Place of the first check that is not decided; the first of all where none is left. */
function firstOpenCheck(unit: SampleUnit | undefined, role: Spotcheck['role']): number {
  if (!unit) return 0;
  const decisions = decisionsOf(unit, role);
  return Math.max(
    0,
    Object.keys(unit.first).findIndex((name) => decisions[name] === null),
  );
}

/** What a refusal of the rules says; anything else is a fault of ours. */
function refusal(error: unknown): string {
  if (error instanceof SamplingError) return error.message;
  throw error;
}

/** Where the person stands in the sample, and what may be done there. `say` is heard and shown. */
export function useActions(
  { check, record, change, ...session }: Session,
  list: () => Promise<FrozenList | null>,
  say: (text: string) => void,
) {
  const { role } = check;
  // Where the person stood: at the first that is not done. By its code, for a dossier that is replaced moves the places.
  const [front, setFront] = useState(() => record.units[nextOpen(record, role) ?? 0]?.code ?? null);
  const at = Math.max(
    0,
    record.units.findIndex(({ code }) => code === front),
  );
  const unit = record.units[at];
  const [checkAt, setCheckAt] = useState(() => firstOpenCheck(unit, role));
  // Focus goes where the keys are about to work, once it is drawn; a new object each time, for it may go to the same place again.
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  useLayoutEffect(() => {
    if (wanted) document.getElementById(wanted.id)?.focus();
  }, [wanted]);
  const focusOn = (id: string) => setWanted({ id });

  function stand(target: SampleUnit): void {
    const first = firstOpenCheck(target, role);
    setFront(target.code);
    setCheckAt(first);
    focusOn(target.unavailable === null ? checkId(first) : STEP_ID);
  }

  function goTo(index: number): void {
    const target = record.units[Math.max(0, Math.min(record.units.length - 1, index))];
    if (!target) return;
    stand(target);
    say(`Hồ sơ ${record.units.indexOf(target) + 1} trong ${record.units.length}: ${target.code}`);
  }

  function goToCheck(index: number): void {
    const target = Math.max(0, Math.min(record.checks.length - 1, index));
    setCheckAt(target);
    focusOn(checkId(target));
  }

  function decideOn(name: string, decision: Decision | null): void {
    if (!unit) return;
    const { code } = unit;
    const words = decision === null ? 'bỏ kết luận' : DECISION_WORDS[decision].toLowerCase();
    const back = {
      what: `«${words}» của ${code}, mục ${name}`,
      code,
      check: name,
      undo: (now: SampleRecord) => restoreDecision(now, name, unit),
    };
    if (!change((now) => decide(now, role, code, name, decision), back)) return;
    const decisions = { ...decisionsOf(unit, role), [name]: decision };
    const names = record.checks.map((one) => one.name);
    const here = names.indexOf(name);
    const left = names.filter((one) => decisions[one] === null).length;
    say(`${name}: ${words}. ${left === 0 ? 'Hồ sơ này đã xong; N: hồ sơ sau.' : `Còn ${left} mục.`}`);
    // On to what is open below; a failure stays, for its cause is written next.
    const next = names.findIndex((one, i) => i > here && decisions[one] === null);
    goToCheck(decision !== null && decision !== 'fail' && next >= 0 ? next : here);
  }

  async function lose(reason: string): Promise<string | null> {
    if (!unit) return null;
    const { code } = unit;
    const frozen = await list();
    if (!frozen)
      return 'Máy này chưa có danh sách đã chốt khi rút mẫu nên không biết hồ sơ nào kế tiếp. Hãy nạp lại danh sách ở bước «Mẫu» rồi thử lại.';
    try {
      const { record: next, added } = replaceUnit(record, frozen.population, code, reason);
      const back = {
        what: `«không mở được» của ${code}`,
        code,
        undo: (now: SampleRecord) => undoReplace(now, code),
      };
      change(() => next, back);
      const target = next.units[nextOpen(next, role, at) ?? at];
      if (target) stand(target);
      say(added === null ? `${code}: nhóm không còn hồ sơ nào để thay` : `${code} được thay bằng ${added}`);
      return null;
    } catch (error) {
      return refusal(error);
    }
  }

  function take(theirs: SampleRecord): string | null {
    try {
      const merged = mergeSecond(record, theirs);
      const undo = (now: SampleRecord) => unmerge(now, record, merged.record);
      change(() => merged.record, { what: 'việc nhận tệp của người thứ hai', code: null, undo });
      say(`Đã nhận ${merged.taken} kết luận của người thứ hai`);
      return merged.seen
        ? 'Đã nhận, nhưng tệp có cả kết luận của người thứ nhất: người thứ hai có thể đã thấy, mức thống nhất không còn đáng tin.'
        : null;
    } catch (error) {
      return refusal(error);
    }
  }

  return {
    unit,
    front,
    checkAt,
    setCheckAt,
    goTo,
    goToCheck,
    decideOn,
    lose,
    take,
    show(code: string): void {
      goTo(record.units.findIndex((one) => one.code === code));
    },
    next: () => goTo(at + 1),
    previous: () => goTo(at - 1),
    nextOpen(): void {
      const next = nextOpen(record, role, at);
      if (next === null) say('Đã kiểm tra hết các hồ sơ của mẫu');
      else goTo(next);
    },
    settleOn({ code, check: name }: Disagreement, decision: Decision, note: string): boolean {
      const before = record.units.find((one) => one.code === code);
      const undo = (now: SampleRecord) => (before ? restoreDecision(now, name, before) : now);
      const done = change((now) => settle(now, code, name, decision, note), {
        what: `lần xem lại ${code}`,
        code,
        undo,
      });
      if (done) say(`${code}: đã xem lại, kết luận là ${DECISION_WORDS[decision].toLowerCase()}`);
      return done;
    },
    undo(): void {
      const back = session.undo();
      if (!back) return;
      if (back.code !== null) setFront(back.code);
      if (back.check !== undefined) goToCheck(record.checks.findIndex(({ name }) => name === back.check));
      say(`Đã hoàn tác ${back.what}`);
    },
    bringBack(): void {
      if (unit && change((now) => undoReplace(now, unit.code))) say(`${unit.code} đã trở lại mẫu`);
    },
  };
}
