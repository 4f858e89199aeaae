import { useEffect, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import type { LetterUnit } from '../../lib/letters/index.ts';
import { registerAtOnce } from '../../lib/platform/index.ts';
import { isoOf } from '../../lib/text/index.ts';
import { Button, sentence } from '../../lib/ui/index.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { download } from '../shared/download.ts';
import { type BatchOutcome, type BatchResult, resultCsv, zipOf } from './batch-run.ts';
import { CSV_TYPE, DOCX_TYPE, ZIP_TYPE } from './files.ts';
import { apologyOf, type Back, takeStep } from './steps.ts';

const HOME = 'batch-results';

/** What came of a batch: the files, and for each dossier without one why. Leaving them forgets the letters. */
export function BatchResults({
  result: { outcomes, merged, cancelled },
  unit,
  basis,
  now,
  onDone,
}: {
  result: BatchResult;
  unit: LetterUnit;
  basis: Basis;
  now: number;
  onDone: () => void;
}) {
  const saver = useSaver();
  const [noted, setNoted] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [outcomes]);
  const made = outcomes.filter(({ bytes }) => bytes !== null);
  const not = outcomes.filter(({ bytes }) => bytes === null);
  const day = isoOf(now).slice(0, 10);

  async function noteOne({ task, letter, reading, about }: BatchOutcome): Promise<Back | null> {
    if (!letter || !reading) return null;
    const key = {
      code: task.code,
      host: task.host,
      unit: about?.unit ?? unit.coQuanBanHanh ?? '',
      procedureCode: about?.procedure.code,
      oldDueAt: reading.dueAt ?? undefined,
      letterDueAt: reading.letterDueAt ?? undefined,
    };
    const { ngayHenTraMoi, kenhGui } = letter;
    const event = { type: 'draft', newDueAt: ngayHenTraMoi.at, reasonId: task.reasonId, channel: kenhGui } as const;
    const taken = await takeStep(key, event, now, apologyOf(basis, reading.dueAt, now));
    return taken.ok ? taken.back : null;
  }

  /** The first file that is taken makes all of them drafted. */
  async function give(content: Uint8Array, name: string, type: string): Promise<void> {
    download(content, name, type);
    if (noted) return;
    setNoted(true);
    await saver.save(async () => {
      const backs: Back[] = [];
      await registerAtOnce(async () => {
        for (const outcome of made) {
          const back = await noteOne(outcome);
          if (back) backs.push(back);
        }
      });
      return async () => {
        await registerAtOnce(async () => {
          for (const back of backs) await back();
        });
        setNoted(false);
      };
    }, `Đã tải. Sổ ghi: ${made.length} hồ sơ đã soạn`);
  }

  return (
    <section class="review" aria-labelledby={HOME}>
      <h3 id={HOME} ref={title} tabIndex={-1}>
        {cancelled ? 'Đã dừng. ' : ''}Soạn được {made.length} thư
        {not.length > 0 ? `, ${not.length} hồ sơ chưa soạn được` : ''}
      </h3>
      <div class="actions">
        {made.length > 0 && (
          <Button kind="primary" onClick={() => void give(zipOf(made), `xin-loi_${day}.zip`, ZIP_TYPE)}>
            Tải .zip (mỗi thư một tệp)
          </Button>
        )}
        {merged && (
          <Button onClick={() => void give(merged, `xin-loi_gop_${day}.docx`, DOCX_TYPE)}>
            Tải một .docx gộp để in
          </Button>
        )}
        <Button onClick={() => download(resultCsv(outcomes), `xin-loi_ket-qua_${day}.csv`, CSV_TYPE)}>
          Tải bảng kết quả .csv
        </Button>
        <Button onClick={onDone}>Xong, bỏ các thư này</Button>
      </div>
      <SaveStatus saver={saver} home={HOME} />
      {not.length > 0 && (
        <ul class="bullets">
          {not.map(({ task, problem }) => (
            <li key={task.key}>
              <strong>{task.code}</strong>: {sentence(problem)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
