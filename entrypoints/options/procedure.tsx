import type { CatalogueComponent } from '../../lib/digitization/index.ts';
import type { Entry } from './catalogue-force.ts';
import {
  basisWords,
  cutoffLines,
  feeWords,
  limitLines,
  paperGroups,
  paperLines,
  paperTags,
  sourceLines,
} from './procedure-words.ts';

/** With a space before it, so that it is not read as the end of the word in front. */
function Tag({ text, tone }: { text: string; tone: string }) {
  return (
    <>
      {' '}
      <span class={`tag ${tone}`}>{text}</span>
    </>
  );
}

function Paper({ paper }: { paper: CatalogueComponent }) {
  return (
    <li>
      {paper.name}
      {paperTags(paper).map((tag) => (
        <Tag key={tag.text} {...tag} />
      ))}
      {paperLines(paper).map((line) => (
        <p key={line} class="hint">
          {line}
        </p>
      ))}
    </li>
  );
}

function Papers({ papers }: { papers: readonly CatalogueComponent[] }) {
  if (papers.length === 0)
    return <p>Danh mục chưa chép giấy tờ của thủ tục này; chỉ xét theo dấu bắt buộc trên trang.</p>;
  return (
    <ul class="papers">
      {paperGroups(papers).map((group, i) =>
        group.length === 1 ? (
          group.map((paper) => <Paper key={i} paper={paper} />)
        ) : (
          <li key={i}>
            Một trong các giấy tờ sau
            <Tag text="cần một" tone="blue" />
            <ul>
              {group.map((paper, j) => (
                <Paper key={j} paper={paper} />
              ))}
            </ul>
          </li>
        ),
      )}
    </ul>
  );
}

function Fact({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </dd>
    </>
  );
}

const CONFIDENCE = {
  verified: { text: 'đã đối chiếu', tone: 'green' },
  general: { text: 'kiến thức chung', tone: 'amber' },
} as const;

/** All that the catalogue says of one procedure, under a line that opens it. */
export function Procedure({ entry, open }: { entry: Entry; open: boolean }) {
  const { procedure, file, over } = entry;
  const { code, name, field, components, results = [], confidence, stale, legal } = procedure;
  const sure = confidence && CONFIDENCE[confidence];
  const basis = basisWords(procedure);
  return (
    <details class="procedure" open={open}>
      <summary>
        <span class="code">{code}</span> {name}
        {sure && <Tag {...sure} />}
        {stale !== undefined && <Tag text="có thể đã cũ" tone="red" />}
      </summary>
      {stale !== undefined && <p class="notice">Có thể đã cũ: {stale}</p>}
      <h4>Giấy tờ ({components.length})</h4>
      <Papers papers={components} />
      <h4>Thời hạn, kết quả, nguồn</h4>
      <dl class="facts wide">
        <Fact name="Thời hạn" lines={limitLines(procedure.limit)} />
        <Fact name="Giờ chốt" lines={cutoffLines(procedure)} />
        <Fact
          name="Kết quả"
          lines={
            results.length === 0
              ? ['Danh mục không ghi.']
              : results.map((one) => (one.code === undefined ? one.name : `${one.name} (${one.code})`))
          }
        />
        <Fact name="Phí, lệ phí" lines={[feeWords(procedure)]} />
        <Fact name="Lĩnh vực" lines={field === undefined ? [] : [field]} />
        <Fact name="Căn cứ" lines={legal === undefined ? [] : [legal]} />
        <Fact name="Từ danh mục" lines={[`«${file.label}», bản ${file.version}`]} />
        <Fact name="Đè lên" lines={over.map(({ label, version }) => `«${label}», bản ${version}`)} />
        <Fact name="Nguồn" lines={sourceLines(procedure, file)} />
        <Fact name="Độ tin" lines={basis === null ? [] : [basis]} />
      </dl>
    </details>
  );
}
