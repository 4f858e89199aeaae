import { startPage } from '../../lib/ui/index.ts';
import { Deadline } from './page.tsx';

startPage(<Deadline />);
