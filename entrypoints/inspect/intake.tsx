import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../lib/inspection/index.ts';
import { MAX_FILES } from './queue.ts';

const ACCEPT = '.pdf,.jpg,.jpeg,.png,.tif,.tiff';

/** Where files come in. The whole page takes a drop: one beside the frame would make the browser leave for the file. */
export function Intake({
  pickRef,
  onFiles,
}: {
  pickRef: RefObject<HTMLButtonElement | null>;
  onFiles: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Only when the pointer leaves the window; between elements there is always a next one.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  return (
    <div class={over ? 'card intake over' : 'card intake'}>
      <p>
        <strong>{over ? 'Thả tệp vào đây' : 'Kéo tệp vào trang này'}</strong> hoặc
      </p>
      <button type="button" class="button primary" ref={pickRef} onClick={() => input.current?.click()}>
        Chọn tệp
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label="Chọn tệp để kiểm tra"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // Emptied, so that the same file can be chosen once more.
          currentTarget.value = '';
          onFiles(files);
        }}
      />
      <p class="soft small">
        PDF, JPEG, PNG, TIFF; tối đa {MAX_FILES} tệp, mỗi tệp {LIMITS.fileBytes / 1024 / 1024} MB.
      </p>
    </div>
  );
}
