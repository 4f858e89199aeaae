import { useRef, useState } from 'preact/hooks';
import {
  CHANGES,
  type Change,
  className,
  compareReports,
  DIFFERENCE_CLASSES,
  type ReconcileReport,
  type ReportComparison,
  readReport,
  reportText,
} from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';

const CHANGE_WORDS: Record<Change, string> = {
  fresh: 'Mới',
  cured: 'Đã hết',
  still: 'Vẫn còn',
  undecided: 'Chưa rõ',
};

/** Keeps this report for next month, and holds last month's against it. */
export function Compare({ report }: { report: ReconcileReport }) {
  const input = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<ReportComparison | null>(null);
  const [problems, setProblems] = useState<string[]>([]);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    const reading = readReport(await file.text());
    setFound(reading.ok ? compareReports(reading.report, report) : null);
    setProblems(
      reading.ok
        ? []
        : reading.problems.map(({ line, field, message }) => `${file.name}:${line}: ${field}: ${message}`),
    );
  }

  return (
    <>
      <Button onClick={() => download(reportText(report), 'doi-soat.json', 'application/json')}>
        Giữ để so tháng sau
      </Button>
      <Button onClick={() => input.current?.click()}>So với lần trước</Button>
      <input
        ref={input}
        class="hidden"
        type="file"
        accept=".json"
        tabIndex={-1}
        aria-label="Báo cáo lần trước (.json)"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {problems.length > 0 && (
        <p class="notice red" role="alert">
          Không đọc được báo cáo cũ: {problems.slice(0, 3).join('; ')}
        </p>
      )}
      {found && (
        <table class="totals" aria-label="So với lần trước">
          <thead>
            <tr>
              <th scope="col">Loại lệch</th>
              {CHANGES.map((change) => (
                <th key={change} scope="col">
                  {CHANGE_WORDS[change]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DIFFERENCE_CLASSES.filter((name) => found.byClass[name]).map((name) => (
              <tr key={name}>
                <th scope="row">{className(name)}</th>
                {CHANGES.map((change) => (
                  <td key={change}>{found.byClass[name]?.[change] ?? 0}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
