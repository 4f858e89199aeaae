import { type JobEvent, type JobPlan, partitionText, sideName } from '../lib/reconcile/index.ts';

/** Milliseconds between two lines in a log. */
const PAUSE = 5000;

const number = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '.');

/** «2 giờ 5 phút», «40 giây». */
function spanText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} giây`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} phút`;
  return `${Math.floor(minutes / 60)} giờ ${minutes % 60} phút`;
}

/** The plan for a person: what is asked of whom, and how long it takes at the allowed rate. */
export function planLines({ partitions, lines, seconds, notes }: JobPlan): string[] {
  const all = lines.map(({ side, name, mode, partitions: cells, done, calls, perSecond, seconds: own }) => {
    const work =
      mode === 'whole' ? 'đọc cả tệp' : mode === 'lookup' ? 'tra từng mã' : `${number(cells)} phần đơn vị × ngày`;
    const left = done > 0 ? `, đã xong ${number(done)}` : '';
    const asked = calls === undefined ? '' : `, khoảng ${number(calls)} lần gọi`;
    const rate = perSecond === undefined ? '' : `, tối đa ${perSecond}/giây`;
    return `${sideName(side)} (${name}): ${work}${left}${asked}${rate}${own === undefined ? '' : `, khoảng ${spanText(own)}`}`;
  });
  if (partitions.length > 0) all.unshift(`${number(partitions.length)} phần (đơn vị × ngày)`);
  if (seconds !== undefined) all.push(`Cả lần đối soát: ít nhất khoảng ${spanText(seconds)}`);
  return [...all, ...notes.map((note) => `Lưu ý: ${note}`)];
}

/** Says on stderr how far a job is: in place on a screen, now and then in a log. */
export function progressTeller(): (event: JobEvent) => void {
  const screen = process.stderr.isTTY;
  let last = 0;
  const told = new Set<string>();
  const clear = () => {
    if (screen) process.stderr.write('\r\x1b[K');
  };
  return (event) => {
    if (event.type === 'plan') {
      clear();
      // The second time, when the lists are read, only what is new.
      for (const text of planLines(event.plan)) if (!told.has(text)) console.error(text);
      for (const text of planLines(event.plan)) told.add(text);
    } else if (event.type === 'failed' && !event.again) {
      clear();
      console.error(`${sideName(event.key.side)}, ${partitionText(event.key.partition)}: ${event.message}`);
    } else if (event.type === 'side-stopped') {
      clear();
      console.error(`${sideName(event.side)}: dừng hỏi hệ thống này: ${event.message}`);
    } else if (event.type === 'progress') {
      const end = event.done === event.total;
      const now = performance.now();
      if (!end && now - last < (screen ? 200 : PAUSE)) return;
      last = now;
      const what = event.phase === 'read' ? 'đọc danh sách' : 'tra từng mã';
      const left = event.secondsLeft === undefined || end ? '' : `, còn khoảng ${spanText(event.secondsLeft)}`;
      const text = `${what}: ${number(event.done)}/${number(event.total)} phần, ${number(event.dossiers)} hồ sơ, ${number(event.perSecond)}/giây${left}`;
      if (screen) process.stderr.write(`\r\x1b[K${text}${end ? '\n' : ''}`);
      else console.error(text);
    }
  };
}
