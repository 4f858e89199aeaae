import { Component, type ComponentChildren, type ErrorInfo, render } from 'preact';
import { DARK_TOKENS_CSS, STRIP_CSS, TOKENS_CSS } from './tokens.ts';

/** A fault while drawing shows as words with a next step; an empty page would look like an empty list. */
class Boundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown, _info: ErrorInfo): void {
    // The kind of error and not its message, which can quote what was being drawn.
    console.error('[dung-hen] page', error instanceof Error ? error.name : 'failed');
    this.setState({ failed: true });
  }

  render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main class="center">
        <h1>Trang này gặp lỗi</h1>
        <p role="alert">Dữ liệu trên hệ thống một cửa không bị ảnh hưởng. Hãy mở lại; nếu vẫn lỗi, báo cho quản trị.</p>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          Mở lại
        </button>
      </main>
    );
  }
}

/**
 * Draws a page of the extension into `#app`. The tokens come as a constructed style sheet: they stay in one file, which
 * content scripts use too, and `style-src 'self'` needs no exception.
 */
export function startPage(content: ComponentChildren): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(TOKENS_CSS + DARK_TOKENS_CSS + STRIP_CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const root = document.getElementById('app');
  if (root) render(<Boundary>{content}</Boundary>, root);
}
