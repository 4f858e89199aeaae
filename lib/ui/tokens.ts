/**
 * Colours and sizes for everything we draw, as custom properties. In a page they live inside our shadow roots, so px
 * and not rem: rem would follow the host's root font size. Contrast of every pair is at least 4.5:1 (WCAG 2.2 AA).
 */
export const TOKENS_CSS = `
:host, :root {
  --dh-ink: #1b1f24; --dh-soft: #57606a; --dh-paper: #ffffff; --dh-wash: #f6f8fa; --dh-line: #d0d7de; --dh-link: #0550ae;
  --dh-red: #b3141d; --dh-red-bg: #ffebe9; --dh-amber: #7a4b00; --dh-amber-bg: #fff4d6;
  --dh-green: #14622c; --dh-green-bg: #e3f6e7; --dh-blue: #0b4a94; --dh-blue-bg: #e3f0ff;
  --dh-purple: #652098; --dh-purple-bg: #f5eafe; --dh-grey: #424a53; --dh-grey-bg: #eef1f4;
  --dh-font: system-ui, "Segoe UI", "Noto Sans", Roboto, Arial, sans-serif;
}
`;

/** For pages of the extension. What stands in a host's page is light, as they are. */
export const DARK_TOKENS_CSS = `
@media (prefers-color-scheme: dark) {
  :root {
    --dh-ink: #e6edf3; --dh-soft: #a3adb8; --dh-paper: #12161c; --dh-wash: #1a2029; --dh-line: #3a434d; --dh-link: #79b8ff;
    --dh-red: #ffb1ab; --dh-red-bg: #4a1214; --dh-amber: #f5cd75; --dh-amber-bg: #3f2c00;
    --dh-green: #8ddb9d; --dh-green-bg: #0f3319; --dh-blue: #9ccbff; --dh-blue-bg: #0c2d57;
    --dh-purple: #dcb8ff; --dh-purple-bg: #38135a; --dh-grey: #c2cad2; --dh-grey-bg: #2a313a;
  }
}
`;

/** The small calendar of a count, the same in a host's page and in ours. Each kind of day differs by sign and form, not only by colour. */
export const STRIP_CSS = `
.strip { margin: 4px 0; }
.strip table { border-collapse: separate; border-spacing: 2px; width: auto; font-size: 11px; line-height: 1.2; }
.strip th { padding: 0; text-align: center; font-weight: 400; color: var(--dh-soft); }
.strip td { padding: 1px 0; width: 36px; min-width: 36px; text-align: center; border: 1px solid transparent; border-radius: 3px; }
.strip td span { display: block; color: var(--dh-soft); font-size: 10px; } .strip td b { display: block; font-weight: 600; }
.strip .zero { border: 1px dashed var(--dh-soft); }
.strip .counted { color: var(--dh-green); background: var(--dh-green-bg); }
.strip .skipped { color: var(--dh-soft); background: var(--dh-grey-bg); } .strip .skipped span { text-decoration: line-through; }
.strip .paused { color: var(--dh-blue); background: var(--dh-blue-bg); }
.strip .due { color: var(--dh-amber); background: var(--dh-amber-bg); border: 2px solid var(--dh-amber); }
.strip .gap { width: auto; color: var(--dh-soft); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 12px; color: var(--dh-soft); font-size: 11px; }
@media (forced-colors: active) { .strip td[class] { border: 1px solid CanvasText; } .strip .due { border-width: 3px; } }
`;
