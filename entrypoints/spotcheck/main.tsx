import { startPage } from '../../lib/ui/index.ts';
import type { WorkerLike } from '../shared/worker.ts';
import { SpotcheckPage } from './page.tsx';

/** Our own script in a thread of its own; the address has to stand here whole, for the bundler to find it. */
const hire = (): WorkerLike => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

startPage(<SpotcheckPage hire={hire} />);
