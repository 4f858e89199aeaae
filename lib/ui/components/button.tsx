import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  children: ComponentChildren;
  onClick: () => void;
  kind?: 'primary' | 'plain' | 'small';
  /** Why it cannot be used now. The button stays in the tab order, so that a keyboard reaches the reason too. */
  disabledReason?: string | null;
  label?: string;
  title?: string;
  tabIndex?: number;
  expanded?: boolean;
  /** Called with the reason when a disabled button is pressed. */
  onRefused?: (reason: string) => void;
}

/** A button that says why it is disabled. */
export function Button({
  children,
  onClick,
  kind = 'plain',
  disabledReason = null,
  label,
  title,
  tabIndex,
  expanded,
  onRefused,
}: ButtonProps) {
  const disabled = disabledReason !== null;
  return (
    <button
      type="button"
      class={`button ${kind}`}
      aria-disabled={disabled || undefined}
      aria-label={label && disabled ? `${label}. ${disabledReason}` : label}
      aria-expanded={expanded}
      title={disabledReason ?? title}
      tabIndex={tabIndex}
      onClick={() => (disabled ? onRefused?.(disabledReason) : onClick())}
    >
      {children}
    </button>
  );
}
