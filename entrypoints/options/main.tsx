import { startPage } from '../../lib/ui/index.ts';
import { Options } from './options.tsx';

startPage(<Options />);
