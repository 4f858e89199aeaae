import { useMemo } from 'preact/hooks';
import { type CatalogueFile, SHIPPED_CATALOGUE } from '../../lib/digitization/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { inForce, tallyWords } from './catalogue-force.ts';
import { type CatalogueContent, catalogueReader } from './catalogue-review.ts';
import sample from './catalogue-sample.json' with { type: 'json' };
import { CatalogueSearch } from './catalogue-search.tsx';
import { dateWords } from './choice.ts';
import { downloadJson } from './download.ts';
import { Section } from './form.tsx';
import { Import } from './import.tsx';
import { downloadLayer, Layers, withLayer } from './layers.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import { saveList } from './store.ts';

const HOME = 'catalogue-title';

const fileWords = ({ label, version, procedures }: CatalogueFile) =>
  `«${label}», bản ${version}, ${tallyWords(procedures)}`;

/** What a file has, and what it would change; nothing is said of what does not happen. */
function Content({ content: { file, replaces, change } }: { content: CatalogueContent }) {
  const lines = [
    `${change.added} thủ tục thêm mới`,
    `${change.replaced} thủ tục thay nội dung đang dùng`,
    change.same > 0 && `${change.same} thủ tục giống hệt đang dùng`,
    change.hidden > 0 && `${change.hidden} thủ tục không có tác dụng, vì danh mục ở dưới trong danh sách đè lên`,
    change.gone > 0 && `${change.gone} thủ tục không còn, vì chỉ bản trước có`,
  ].filter((line): line is string => typeof line === 'string');
  return (
    <>
      <p>Danh mục {fileWords(file)}.</p>
      {replaces && <p>Thay cho {fileWords(replaces)}.</p>}
      <ul class="change">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** The catalogue of procedures: what is in force, looking one up, and how another file comes in. */
export function CatalogueSection({ files, now }: { files: readonly CatalogueFile[]; now: number }) {
  const saver = useSaver();
  const entries = useMemo(() => inForce([SHIPPED_CATALOGUE, ...files]), [files]);
  const today = dayOf(now);
  const reader = useMemo(() => catalogueReader(files, today), [files, today]);
  const shipped = SHIPPED_CATALOGUE;

  function accept({ file }: CatalogueContent): Promise<boolean> {
    return saver.save(
      () => saveList('catalogues', (list) => withLayer(list, file)),
      `Đã nhận danh mục «${file.label}»`,
      true,
    );
  }

  return (
    <Section id="catalogue" title="Danh mục thủ tục">
      <p>Giấy tờ, thời hạn của từng thủ tục; dùng để xét hồ sơ đủ hay thiếu giấy tờ.</p>
      <h3>Đang áp dụng</h3>
      <dl class="facts wide">
        <dt>Tất cả</dt>
        <dd>{tallyWords([...entries.values()].map(({ procedure }) => procedure))}</dd>
        <dt>Đi kèm</dt>
        <dd>
          «{shipped.label}», bản {shipped.version}, áp dụng từ {dateWords(shipped.effectiveFrom)};{' '}
          {tallyWords(shipped.procedures)}
        </dd>
        <dt>Nguồn</dt>
        <dd>{shipped.source}</dd>
        <dt>Đã nhận</dt>
        <dd>
          {files.length === 0
            ? 'không có'
            : files.map(({ label, procedures }) => `«${label}» (${procedures.length} thủ tục)`).join(', rồi ')}
        </dd>
      </dl>

      <h3>Tra thủ tục</h3>
      <CatalogueSearch entries={entries} />

      <h3>Nhận danh mục từ tệp</h3>
      <p>
        Thủ tục có trong tệp thay nguyên cả mục đang dùng của mã đó. Tệp mẫu ghi sẵn mọi loại giấy tờ; sửa rồi nhận lại
        ở đây.
      </p>
      <div class="actions">
        <Button onClick={() => downloadJson(`${JSON.stringify(sample, null, 2)}\n`, 'danh-muc-mau.json')}>
          Tải mẫu
        </Button>
        <Button onClick={() => downloadLayer(shipped)}>Tải danh mục đi kèm</Button>
      </div>
      <Import
        id="catalogue"
        choose="Chọn tệp danh mục .json"
        reader={reader}
        accepting={() => 'Nhận danh mục này'}
        show={(content) => <Content content={content} />}
        onLook={saver.clear}
        onAccept={accept}
      />
      <SaveStatus saver={saver} home={HOME} />

      <h3 id="catalogues-title">Danh mục đã nhận ({files.length})</h3>
      <Layers
        layers={files}
        title="catalogues-title"
        noun="danh mục"
        empty="Chưa có. Đang dùng danh mục đi kèm Đúng Hẹn."
        hint="Danh mục ở dưới đè lên danh mục ở trên; tất cả đè lên danh mục đi kèm. Tệp «cả bộ quy tắc» không gồm danh mục: tải riêng từng tệp ở đây."
        detail={({ effectiveFrom, procedures }) => `áp dụng từ ${dateWords(effectiveFrom)} · ${tallyWords(procedures)}`}
        saver={saver}
        save={(change) => saveList('catalogues', change)}
      />
    </Section>
  );
}
