import { TOKENS_CSS } from '../ui/tokens.ts';

const TONES = ['red', 'amber', 'green', 'blue', 'purple', 'grey']
  .map((tone) => `.${tone}{color:var(--dh-${tone});background:var(--dh-${tone}-bg);border-color:var(--dh-${tone})}`)
  .join('\n');

/** What everything of ours in a page begins with. The host's pages are light whatever the system says, so this is light too. */
export const BASE = `${TOKENS_CSS}
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
