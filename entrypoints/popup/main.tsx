import { startPage } from '../../lib/ui/index.ts';
import { Popup } from './popup.tsx';

startPage(<Popup />);
