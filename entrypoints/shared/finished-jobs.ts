import { useEffect, useState } from 'preact/hooks';
import { journalOf, type KeptJob, keptJobs } from '../../lib/platform/index.ts';

const SHOWN = 8;

/** A reconciliation that came to its end in this browser, and how many parts it could not read. */
export interface FinishedJob {
  job: KeptJob;
  notDone: number;
}

/** The latest of them that read the city's dossiers. Null until they are known; none when the browser gives no access. */
export function useFinishedJobs(): readonly FinishedJob[] | null {
  const [jobs, setJobs] = useState<readonly FinishedJob[] | null>(null);
  useEffect(() => {
    let live = true;
    const load = async () => {
      const finished: FinishedJob[] = [];
      for (const job of await keptJobs()) {
        const end = (await journalOf(job.id)).findLast(({ event }) => event === 'finish');
        if (end && job.spec.sources.some(({ side }) => side === 'city'))
          finished.push({ job, notDone: end.count ?? 0 });
      }
      return finished.slice(0, SHOWN);
    };
    load().then(
      (found) => live && setJobs(found),
      () => live && setJobs([]),
    );
    return () => {
      live = false;
    };
  }, []);
  return jobs;
}
