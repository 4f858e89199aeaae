import { STRIP_CSS } from '../ui/tokens.ts';
import { BASE } from './styles.ts';

// Apart from styles.ts: text that is put together stays in a bundle, used or not.

export const WHY_CSS = `${BASE}${STRIP_CSS}
.pop { position: fixed; inset: auto; margin: 0; padding: 0; width: min(430px, calc(100vw - 24px)); max-height: min(80vh, 560px);
  overflow: auto; border: 1px solid var(--dh-line); border-radius: 8px; background: var(--dh-paper); color: var(--dh-ink);
  box-shadow: 0 6px 24px #0004; font: 13px/1.45 var(--dh-font); }
.in { padding: 12px 14px; }
h2 { font-size: 14px; margin: 0 0 6px; } h3 { font-size: 12px; margin: 10px 0 3px; color: var(--dh-soft); }
ul, ol { margin: 0; padding-left: 18px; } li { margin: 2px 0; }
.times { border-collapse: collapse; width: 100%; } .times th, .times td { text-align: left; padding: 2px 8px 2px 0; vertical-align: top; font-weight: 400; }
.tag { display: inline-block; border: 1px solid; border-radius: 4px; padding: 0 6px; font-weight: 600; }
.acts { display: flex; gap: 8px; margin-top: 12px; }
.act { color: var(--dh-link); background: var(--dh-paper); border: 1px solid var(--dh-line); border-radius: 4px; padding: 4px 10px; min-height: 24px; }
`;

export const PANEL_CSS = `${WHY_CSS}
:host { display: block; margin: 6px 0; }
.box { border: 1px solid var(--dh-line); border-left: 4px solid; border-radius: 6px; background: var(--dh-paper); color: var(--dh-ink); }
.top { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; padding: 6px 12px; }
.side { font-weight: 700; }
.papers { border-collapse: collapse; width: 100%; } .papers th, .papers td { text-align: left; vertical-align: top; padding: 2px 8px 2px 0; border-top: 1px solid var(--dh-line); font-weight: 400; }
.papers .missing td:first-child { color: var(--dh-red); font-weight: 600; } .soft { color: var(--dh-soft); }
details { margin: 6px 0; } summary { cursor: pointer; color: var(--dh-link); }
.act.amber { color: var(--dh-amber); background: var(--dh-amber-bg); border-color: var(--dh-amber); }
.cell { display: inline-flex; gap: 5px; align-items: baseline; border: 1px solid; border-radius: 4px; padding: 1px 7px; }
`;
