import { secondsText } from '../../lib/reconcile/index.ts';

/** What a cell of a written table can hold; a moment is epoch seconds and becomes a real date. */
export type OutCell = string | number | boolean | OutMoment | null | undefined;

export interface OutMoment {
  second: number;
  dayOnly?: boolean;
}

export interface OutColumn {
  header: string;
  /** Characters; left out: by the first rows. */
  width?: number;
}

export type OutRows = Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>;

/** `05/11/2026 09:30:00` at UTC+7, or the date alone. */
export const momentText = ({ second, dayOnly }: OutMoment): string => secondsText(second, dayOnly);

/** A stream that makes its bytes when they are asked for. */
export function streamOf(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
