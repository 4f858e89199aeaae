import { useEffect, useRef, useState } from 'preact/hooks';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What a person is typing over a stored value. Follows the stored one (another tab may change it) until something is typed; what
 * was typed is never thrown away.
 * @param initial what the form shows for the value that is stored now.
 */
export function useDraft<T>(initial: T): { draft: T; change: (draft: T) => void; dirty: boolean } {
  const [draft, setDraft] = useState(initial);
  const followed = useRef(initial);
  useEffect(() => {
    if (same(initial, followed.current)) return;
    if (same(draft, followed.current)) setDraft(initial);
    followed.current = initial;
  });
  return { draft, change: setDraft, dirty: !same(draft, initial) };
}
