import type { ComponentChildren } from 'preact';

/** What is shown in place of content: why there is none, and what to do. */
export function Empty({
  title,
  children,
  alert = false,
}: {
  title: string;
  children?: ComponentChildren;
  alert?: boolean;
}) {
  return (
    <div class="empty" role={alert ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
