import { useMemo } from 'preact/hooks';
import { codeKey, type Difference } from '../../lib/reconcile/index.ts';
import { useWorklist } from '../shared/hooks.ts';

/** The page of a dossier in the city system, where one was seen in this browser. */
export function useCityAddress(): (difference: Difference) => string | null {
  const [worklist] = useWorklist();
  const addresses = useMemo(() => {
    const entries = worklist.kind === 'ready' ? worklist.list.entries : [];
    return new Map(entries.map(({ record, link }) => [codeKey(record.code), link]));
  }, [worklist]);
  return ({ code, records }) => addresses.get(codeKey(records.city?.code ?? code)) ?? null;
}
