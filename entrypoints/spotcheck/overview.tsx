import { useEffect, useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import {
  countText,
  type FrozenList,
  progressOf,
  type SampleRecord,
  sampleSize,
  sizeSentence,
} from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Desk } from './desk.ts';
import { Extend } from './extend.tsx';
import { groupWords, saveListFile, saveSampleFile } from './files.ts';
import { FrozenFacts } from './frozen-facts.tsx';
import { ListFile } from './list-file.tsx';
import type { StepProps } from './steps.ts';

/** Rows of the sample that are shown before the person asks for all. */
const SHOWN = 200;

/** The sample as it was drawn: list, design, seed, dossiers; and what can be done with them. */
export function Overview({
  value,
  list,
  desk,
  onChanged,
  onCheck,
  onNewFrom,
  onSay,
}: Pick<StepProps, 'value' | 'list'> & {
  desk: Desk;
  /** The worker has changed what is kept. */
  onChanged: (check: Spotcheck) => void;
  onCheck: () => void;
  /** Begins another spot check with this file. */
  onNewFrom: (file: File) => void;
  onSay: (message: string) => void;
}) {
  const { record } = value;
  const { population, units, seed } = record;
  const [kept, setKept] = useState<FrozenList | 'none' | null>(null);
  const [attached, setAttached] = useState(0);
  const [all, setAll] = useState(false);
  useEffect(() => {
    let live = true;
    list().then(
      (found) => live && setKept(found ?? 'none'),
      () => live && setKept('none'),
    );
    return () => {
      live = false;
    };
  }, [value.id, attached]);
  const { done } = progressOf(record, value.role);
  return (
    <div class="overview">
      <div class="actions">
        <Button kind="primary" onClick={onCheck}>
          {done === 0 ? 'Bắt đầu kiểm tra' : 'Kiểm tra tiếp'}
        </Button>
        <Button onClick={() => onSay(saveSampleFile(value))}>Tải tệp mẫu</Button>
        {kept !== null && kept !== 'none' && (
          <Button onClick={() => onSay(saveListFile(value, kept))}>Tải danh sách đã chốt (.csv)</Button>
        )}
      </div>
      <div class="overview-columns">
        <div class="column">
          <FrozenFacts frozen={{ summary: population, source: population.source, column: population.column }} />
          <section class="card" aria-labelledby="drawn-title">
            <h3 id="drawn-title">Mẫu đã rút</h3>
            <p>
              <strong>{countText(sampleSize(record))}</strong> hồ sơ, {groupWords(population.by)}; hạt giống:{' '}
              <code>{seed}</code>
            </p>
            <p>{sizeSentence(record)}</p>
            {population.strata.length > 1 && <StrataSizes record={record} />}
          </section>
          <ListFile
            value={value}
            known={kept}
            desk={desk}
            onAttached={() => setAttached(attached + 1)}
            onNewFrom={onNewFrom}
            onSay={onSay}
          />
          <Extend value={value} desk={desk} hasList={kept !== 'none'} onChanged={onChanged} onSay={onSay} />
        </div>
        <section class="card" aria-labelledby="units-title">
          <h3 id="units-title">Hồ sơ trong mẫu</h3>
          <table class="drawn-units">
            <thead>
              <tr>
                <th scope="col">Thứ tự</th>
                <th scope="col">Mã hồ sơ</th>
                {population.by !== null && <th scope="col">Nhóm</th>}
              </tr>
            </thead>
            <tbody>
              {(all ? units : units.slice(0, SHOWN)).map(({ code, stratum, rank, unavailable }) => (
                <tr key={code}>
                  <td>{rank}</td>
                  <td>
                    {code}
                    {unavailable !== null && <span class="soft"> (không mở được: {unavailable})</span>}
                  </td>
                  {population.by !== null && <td>{stratum}</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {!all && units.length > SHOWN && (
            <Button kind="small" onClick={() => setAll(true)}>
              Hiện cả {countText(units.length)} hồ sơ
            </Button>
          )}
        </section>
      </div>
    </div>
  );
}

function StrataSizes({ record: { population } }: { record: SampleRecord }) {
  return (
    <table class="strata">
      <thead>
        <tr>
          <th scope="col">Nhóm</th>
          <th scope="col">Hồ sơ</th>
          <th scope="col">Rút</th>
        </tr>
      </thead>
      <tbody>
        {population.strata.map(({ name, count, size }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>{countText(count)}</td>
            <td>{countText(size)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
