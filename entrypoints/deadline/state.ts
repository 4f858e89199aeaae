import { useEffect, useRef, useState } from 'preact/hooks';
import { type Draft, draftOfHash, freshDraft, hashOf } from './draft.ts';

/**
 * The form, kept in the address after `#`: it survives a reload, can be sent to a colleague, and going back undoes the last
 * answer. Keys typed into one field are one step of the history. An untouched form is received "now" and follows the clock.
 */
export function useDraft(now: number) {
  const [draft, setDraft] = useState<Draft | null>(() => draftOfHash(location.hash));
  const field = useRef('');

  useEffect(() => {
    const follow = () => {
      field.current = '';
      setDraft(draftOfHash(location.hash));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  function write(next: Draft | null, of: string): void {
    setDraft(next);
    const hash = next ? hashOf(next) : '';
    if (hash === location.hash) return;
    // Without a hash the rest of the address stays as it is.
    const address = hash || location.pathname + location.search;
    if (field.current === of) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    field.current = of;
  }

  return {
    draft: draft ?? freshDraft(now),
    touched: draft !== null,
    change: write,
    reset: () => write(null, 'reset'),
  };
}
