import { STRIP_CSS, TOKENS_CSS } from '../ui/tokens.ts';

const TONES = ['red', 'amber', 'green', 'blue', 'purple', 'grey']
  .map((tone) => `.${tone}{color:var(--dh-${tone});background:var(--dh-${tone}-bg);border-color:var(--dh-${tone})}`)
  .join('\n');

/** The host's pages are light whatever the system says, so what we draw inside them is light too. */
const BASE = `${TOKENS_CSS}
:host { all: initial; font: 12px/1.35 var(--dh-font); color: var(--dh-ink); }
:host([hidden]) { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid #1f6feb; outline-offset: 1px; }
@media (forced-colors: active) { button, .box { border: 1px solid ButtonText !important; } }
${TONES}`;

export const BADGE_CSS = `${BASE}
:host { display: block; margin: 2px 0 0; max-width: 100%; }
button { display: inline-block; text-align: left; max-width: 100%; border: 1px solid; border-radius: 4px; padding: 1px 6px;
  white-space: normal; }
.s { font-size: 10px; margin-right: 5px; } .m { font-weight: 600; margin-right: 5px; } .w { display: inline-block; } .x { margin-left: 4px; border: 1px dashed; border-radius: 3px; padding: 0 3px; font-size: 11px; }
`;

export const BAR_CSS = `${BASE}
:host { display: block; position: sticky; top: 0; left: 0; z-index: 5; margin: 4px 0; }
.box { display: flex; flex-wrap: wrap; gap: 4px 6px; align-items: center; padding: 4px 8px; background: var(--dh-paper);
  border: 1px solid var(--dh-line); border-radius: 6px; box-shadow: 0 1px 2px #0002; }
.name { font-weight: 700; margin-right: 2px; }
.soft { color: var(--dh-soft); }
.chip, .act { border: 1px solid; border-radius: 12px; padding: 2px 8px; min-height: 24px; }
.chip[aria-pressed="true"] { outline: 2px solid currentColor; outline-offset: 1px; }
.act { color: var(--dh-link); background: var(--dh-paper); border-color: var(--dh-line); border-radius: 4px; }
.act[disabled] { color: var(--dh-soft); cursor: default; }
.right { margin-left: auto; display: inline-flex; gap: 6px; align-items: center; flex-wrap: wrap; }
.warn { flex-basis: 100%; color: var(--dh-amber); background: var(--dh-amber-bg); border-radius: 4px; padding: 3px 8px; }
`;

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
