/** Says `message` to a screen reader whenever it changes; never visible. */
export function LiveRegion({ message }: { message: string }) {
  return (
    <div class="hidden" role="status" aria-live="polite">
      {message}
    </div>
  );
}
