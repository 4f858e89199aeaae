import { useEffect, useState } from 'preact/hooks';
import { type KeptJob, keptJobs, removeJob } from '../../lib/platform/index.ts';
import { fullMoment } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { jobWords } from '../shared/job-words.ts';

const SHOWN = 8;

/** Runs of this browser: to go on with, to build on, to throw away. */
export function Jobs({
  count,
  current,
  after,
  onResume,
  onAfter,
}: {
  /** Goes up when the list has to be read again. */
  count: number;
  current: string | null;
  after: string | null;
  onResume: (job: KeptJob) => void;
  onAfter: (id: string | null) => void;
}) {
  const [jobs, setJobs] = useState<readonly KeptJob[] | 'failed' | null>(null);
  const [removed, setRemoved] = useState(0);
  useEffect(() => {
    keptJobs().then(setJobs, () => setJobs('failed'));
  }, [count, removed]);
  if (jobs === null) return null;
  if (jobs === 'failed')
    return (
      <p class="notice amber">
        ▲ Trình duyệt không cho giữ các lần đối soát (cửa sổ ẩn danh hoặc ổ đĩa đầy). Không thể chạy tiếp sau khi đóng
        trang.
      </p>
    );
  if (jobs.length === 0) return null;
  return (
    <section class="card" aria-labelledby="jobs-title">
      <h2 id="jobs-title">Các lần đối soát trên máy này</h2>
      <ul class="bullets">
        {jobs.slice(0, SHOWN).map((job) => (
          <li key={job.id}>
            {fullMoment(Math.floor(job.startedAt / 60_000))}: {jobWords(job)}{' '}
            {job.id === current ? (
              <strong>đang chọn</strong>
            ) : (
              <Button kind="small" onClick={() => onResume(job)}>
                Chạy tiếp
              </Button>
            )}{' '}
            <Button kind="small" onClick={() => onAfter(after === job.id ? null : job.id)}>
              {after === job.id ? '✓ Dùng lại câu trả lời cũ' : 'Dùng lại câu trả lời cũ'}
            </Button>{' '}
            <Button kind="small" onClick={() => void removeJob(job.id).then(() => setRemoved(removed + 1))}>
              Xóa
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
