import { startPage } from '../../lib/ui/index.ts';
import { Panel } from './panel.tsx';

startPage(<Panel />);
