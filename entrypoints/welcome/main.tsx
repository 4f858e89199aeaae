import { EXPIRE_HOURS, popupShortcut, version } from '../../lib/platform/index.ts';
import { startPage } from '../../lib/ui/index.ts';
import { Welcome } from './welcome.tsx';

/** A browser that does not tell (or has no such API) leaves the sentence about the keys out. */
const shortcut = await popupShortcut().catch(() => '');

startPage(<Welcome shortcut={shortcut} expireHours={EXPIRE_HOURS} version={version()} />);
