import { useRef, useState } from 'preact/hooks';
import { Button } from '../../lib/ui/index.ts';

/** A file by button or by drop. */
export function Drop({
  accept,
  label,
  hint,
  onFiles,
}: {
  accept: string;
  label: string;
  hint: string;
  onFiles: (files: readonly File[]) => Promise<void>;
}) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse only; the button inside does the same
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <span class="soft">{hint}</span>
      <input
        ref={input}
        class="hidden"
        type="file"
        accept={accept}
        tabIndex={-1}
        aria-hidden="true"
        onChange={async (event) => {
          const field = event.currentTarget;
          await onFiles([...(field.files ?? [])]);
          // So that the same file, mended, can be chosen again.
          field.value = '';
        }}
      />
    </div>
  );
}
