import { startPage } from '../../lib/ui/index.ts';
import { Letters } from './page.tsx';

startPage(<Letters />);
