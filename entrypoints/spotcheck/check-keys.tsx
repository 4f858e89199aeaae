import { useEffect, useRef } from 'preact/hooks';
import { Button, Switch } from '../../lib/ui/index.ts';

export const ACTIONS = [
  'pass',
  'fail',
  'unknown',
  'clear',
  'checkDown',
  'checkUp',
  'next',
  'previous',
  'nextOpen',
  'note',
  'cause',
  'open',
  'lost',
  'undo',
  'read',
  'help',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Keys by their place on the keyboard: a Vietnamese input method may make another sign of the same key. */
const CODES: Record<string, Action> = {
  Digit1: 'pass',
  Numpad1: 'pass',
  Digit2: 'fail',
  Numpad2: 'fail',
  Digit3: 'unknown',
  Numpad3: 'unknown',
  Digit0: 'clear',
  Numpad0: 'clear',
  ArrowDown: 'checkDown',
  ArrowUp: 'checkUp',
  KeyN: 'next',
  KeyP: 'previous',
  KeyU: 'nextOpen',
  KeyG: 'note',
  KeyC: 'cause',
  KeyO: 'open',
  KeyX: 'lost',
  KeyZ: 'undo',
  KeyR: 'read',
};

const HELP: readonly (readonly [keys: string, what: string])[] = [
  ['1', 'đạt'],
  ['2', 'không đạt'],
  ['3', 'không kết luận được'],
  ['0', 'bỏ kết luận của mục'],
  ['↓ ↑', 'mục sau, mục trước'],
  ['N', 'hồ sơ sau'],
  ['P', 'hồ sơ trước'],
  ['U', 'hồ sơ kế tiếp chưa xong'],
  ['G', 'ghi chú'],
  ['C', 'nguyên nhân của mục không đạt'],
  ['O', 'mở hồ sơ ở hệ thống của Thành phố'],
  ['R', 'đọc lại trang đang mở'],
  ['X', 'hồ sơ không mở được'],
  ['Z', 'hoàn tác'],
  ['?', 'bảng phím này'],
  ['Esc', 'ra khỏi ô đang gõ, đóng bảng'],
];

const FIELDS = 'input, textarea, select, [contenteditable], dialog';

/** What a key means here; null while the person types, holds another key down, or something else has taken it. */
function actionOf(event: KeyboardEvent): Action | null {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.target instanceof Element && event.target.closest(FIELDS)) return null;
  if (event.key === '?') return 'help';
  return event.shiftKey ? null : (CODES[event.code] ?? null);
}

/** Does what the keys say, wherever on the page the focus is; `on` false: only "?" is heard. */
export function useKeys(on: boolean, actions: Record<Action, () => void>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === null || (!on && action !== 'help')) return;
      event.preventDefault();
      current.current[action]();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [on]);
}

/** The keys, and the switch for whoever dictates or uses a screen reader's own keys. */
export function KeysHelp({
  on,
  onSwitch,
  onClose,
}: {
  on: boolean;
  onSwitch: (on: boolean) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Phím tắt</h2>
      <dl>
        {HELP.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">Khi đang gõ trong một ô, các phím này là chữ bình thường.</p>
      <Switch label="Dùng phím tắt" checked={on} onChange={onSwitch} />
      <div class="actions">
        <Button kind="primary" onClick={() => dialog.current?.close()}>
          Đóng
        </Button>
      </div>
    </dialog>
  );
}
