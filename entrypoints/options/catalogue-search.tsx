import { useMemo, useState } from 'preact/hooks';
import { type Entry, type Query, readQuery, search, searchable } from './catalogue-force.ts';
import { TextField } from './form.tsx';
import { Procedure } from './procedure.tsx';

const MOST_SHOWN = 20;

function answerWords(query: Query, typed: string, found: number): string {
  if (query.kind === 'none') return typed.trim() === '' ? '' : 'Gõ thêm: một mã, hoặc ít nhất hai chữ cái.';
  if (found > 0)
    return found > MOST_SHOWN ? `${found} thủ tục; hiện ${MOST_SHOWN} thủ tục đầu, gõ thêm chữ.` : `${found} thủ tục.`;
  if (query.kind === 'code')
    return `Danh mục không có thủ tục mã ${query.code}. Hồ sơ của thủ tục ấy chỉ được xét theo dấu bắt buộc trên trang.`;
  return `Không thủ tục nào có đủ các chữ «${typed.trim()}». Thử ít chữ hơn, hoặc gõ mã.`;
}

/** A box to look a procedure up by, and what is found. */
export function CatalogueSearch({ entries }: { entries: ReadonlyMap<string, Entry> }) {
  const [typed, setTyped] = useState('');
  const index = useMemo(() => searchable(entries.values()), [entries]);
  const query = readQuery(typed);
  const found = search(index, query);
  return (
    <>
      <TextField
        id="catalogue-search"
        label="Mã hoặc tên thủ tục"
        hint="Ví dụ 1.001193, khai sinh, hoặc tên một giấy tờ. Không cần dấu."
        value={typed}
        errors={[]}
        size="long"
        onInput={setTyped}
      />
      <p role="status" class="soft found">
        {answerWords(query, typed, found.length)}
      </p>
      {found.slice(0, MOST_SHOWN).map((entry) => (
        <Procedure key={entry.procedure.code} entry={entry} open={found.length === 1} />
      ))}
    </>
  );
}
