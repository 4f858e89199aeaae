import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { assessPapers } from '../../lib/digitization/index.ts';
import { askPageOfDossier, openLink, type PageOfDossier, readCatalogue, showHost } from '../../lib/platform/index.ts';
import type { AutomaticFinding, SampleUnit } from '../../lib/sampling/index.ts';
import { useWorklist } from '../shared/hooks.ts';
import { findingsOf } from './check-findings.ts';

/** How often the open tabs are asked again while none shows the dossier. */
const AGAIN_MS = 2000;

export interface PageReading {
  code: string;
  page: PageOfDossier;
  findings: readonly AutomaticFinding[];
}

/** Does some tab show the dossier with its papers? */
export const showsPapers = (page: PageOfDossier): boolean =>
  page.kind === 'detail' && page.record.components !== undefined;

async function read(host: string | null, code: string): Promise<PageReading> {
  const page = await askPageOfDossier(host, code);
  if (!('record' in page)) return { code, page, findings: [] };
  const assessment = assessPapers(page.record, { catalogue: await readCatalogue() });
  return { code, page, findings: findingsOf(assessment) };
}

/**
 * What the open tabs of the city system show of a dossier: asked when it comes to the front, whenever the person comes back to this
 * page, and every other second until some tab shows its papers. Null while nobody has answered.
 */
export function usePageOfDossier(host: string | null, code: string | null): [PageReading | null, ask: () => void] {
  const [reading, setReading] = useState<PageReading | null>(null);
  const asking = useRef<string | null>(null);
  const wanted = useRef(code);
  wanted.current = code;

  function ask(): void {
    if (code === null || asking.current === code) return;
    asking.current = code;
    const done = (answer: PageReading | null) => {
      asking.current = null;
      if (answer && wanted.current === answer.code) setReading(answer);
    };
    read(host, code).then(done, () => done({ code, page: { kind: 'closed' }, findings: [] }));
  }

  // Without its papers a page tells little: they stand under another of its tabs, which the person may open at any time.
  const found = reading?.code === code && showsPapers(reading.page);
  useEffect(() => {
    ask();
    const back = () => document.visibilityState === 'visible' && ask();
    const timer = found ? undefined : setInterval(back, AGAIN_MS);
    window.addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, [host, code, found]);
  return [reading?.code === code ? reading : null, ask];
}

/**
 * Opens a dossier in the city system: its own page where one was seen in this browser, else the system with the code on the clipboard,
 * else only the code. Resolves with what was done, in words.
 */
export function useOpenDossier(host: string | null): (unit: SampleUnit) => Promise<string> {
  const [worklist] = useWorklist();
  // Where several systems showed it, the latest counts.
  const links = useMemo(() => {
    const entries = worklist.kind === 'ready' ? worklist.list.entries : [];
    const own = entries.filter((entry) => host === null || entry.host === host).sort((a, b) => a.seenAt - b.seenAt);
    return new Map(own.flatMap(({ record, link }) => [record.code, ...record.aliases].map((code) => [code, link])));
  }, [worklist, host]);
  return async ({ code }) => {
    const link = links.get(code);
    if (link) {
      await openLink(link);
      return `Đã mở ${code} ở hệ thống của Thành phố`;
    }
    const copied = await navigator.clipboard.writeText(code).then(
      () => true,
      () => false,
    );
    const copy = copied ? `Đã chép mã ${code}` : `Không chép được mã; hãy gõ ${code}`;
    if (host !== null && (await showHost(host))) return `${copy}; dán vào ô tìm kiếm của hệ thống`;
    return `${copy}; mở hệ thống của Thành phố rồi dán vào ô tìm kiếm`;
  };
}
