import {
  type Agreement,
  countText,
  findingsOf,
  type SampleRecord,
  type SampleResult,
} from '../../lib/sampling/index.ts';
import { Count, type OpenList } from './result-list.tsx';
import type { TableProps } from './result-tables.tsx';

export const NO_CAUSE = 'chưa ghi nguyên nhân';
export const NO_PROCEDURE = 'danh sách không ghi thủ tục';

/** What failed, by cause and by procedure. */
export function FindingTables({ record, onOpen }: { record: SampleRecord; onOpen?: OpenList }) {
  const { causes, procedures } = findingsOf(record);
  if (causes.length === 0) return <p class="soft">Chưa có hồ sơ nào không đạt.</p>;
  return (
    <div class="beside">
      <table class="figures">
        <caption>Theo nguyên nhân</caption>
        <thead>
          <tr>
            <th scope="col">Mục kiểm tra</th>
            <th scope="col">Nguyên nhân</th>
            <th scope="col">Hồ sơ</th>
          </tr>
        </thead>
        <tbody>
          {causes.map(({ check, cause, codes }) => (
            <tr key={`${check} ${cause}`}>
              <td>{check}</td>
              <td>{cause ?? <span class="soft">{NO_CAUSE}</span>}</td>
              <td class="figure">
                <Count listed={{ title: `${check}: ${cause ?? NO_CAUSE}`, codes, check }} onOpen={onOpen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="figures">
        <caption>Theo thủ tục (số trong mẫu, không phải tỷ lệ của thủ tục)</caption>
        <thead>
          <tr>
            <th scope="col">Thủ tục</th>
            <th scope="col">Hồ sơ không đạt</th>
            <th scope="col">Trong mẫu</th>
          </tr>
        </thead>
        <tbody>
          {procedures.map(({ procedure, looked, codes }) => (
            <tr key={procedure ?? ''}>
              <td>{procedure ?? <span class="soft">{NO_PROCEDURE}</span>}</td>
              <td class="figure">
                <Count
                  listed={{ title: `Không đạt, ${procedure ?? NO_PROCEDURE}`, codes, check: null }}
                  onOpen={onOpen}
                />
              </td>
              <td class="figure">{countText(looked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Cohen's kappa as it is shown. */
export const kappaText = ({ kappa }: Agreement): string =>
  kappa === null
    ? 'không tính được: cả hai chỉ có một loại kết luận'
    : kappa.toLocaleString('vi', { maximumFractionDigits: 2 });

export const hasSecond = ({ checks }: SampleResult): boolean => checks.some(({ agreement }) => agreement !== null);

/** How far two persons agree, each by what he decided alone. */
export function AgreementTable({ result, onOpen }: Omit<TableProps, 'record'>) {
  return (
    <>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Mục kiểm tra</th>
            <th scope="col">Cùng kiểm tra</th>
            <th scope="col">Thống nhất</th>
            <th scope="col">Khác nhau</th>
            <th scope="col">Kappa (Cohen)</th>
          </tr>
        </thead>
        <tbody>
          {result.checks.map(({ name, agreement }) =>
            agreement === null ? null : (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="figure">{countText(agreement.both)}</td>
                <td class="figure">{countText(agreement.agreed)}</td>
                <td class="figure">
                  <Count
                    listed={{
                      title: `${name}: hai người kết luận khác nhau`,
                      codes: agreement.disagreements.map(({ code }) => code),
                      check: name,
                    }}
                    onOpen={onOpen}
                  />
                </td>
                <td class="figure">{kappaText(agreement)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <p class="soft">
        Tính theo kết luận của mỗi người trước khi trao đổi. Kappa 1 là luôn thống nhất, 0 là chỉ như may rủi.
      </p>
    </>
  );
}

/** Dossiers that could not be opened, with the reason that was given. */
export function LostTable({ result }: { result: SampleResult }) {
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Mã hồ sơ</th>
          <th scope="col">Lý do không mở được</th>
        </tr>
      </thead>
      <tbody>
        {result.unavailable.map(({ code, reason }) => (
          <tr key={code}>
            <th scope="row">
              <bdi>{code}</bdi>
            </th>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
