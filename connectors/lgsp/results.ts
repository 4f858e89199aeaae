import { type Result, success } from '../errors.ts';
import { Fields, listOf } from '../wire.ts';
import type { LgspClient } from './client.ts';

/** A file of the result store (kho kết quả). Its path is only good together with the agency. */
export interface ResultPaper {
  code: string;
  name?: string;
  number?: string;
  agency?: string;
  files: { name?: string; path: string }[];
}

export interface ResultQuestion {
  /** Personal number of the owner. */
  owner: string;
  procedure: string;
  wanted?: { code: string; number?: string }[];
}

/**
 * Results that a person holds for a procedure. It needs the person's own number, so it is asked only for one open dossier at a time,
 * in the body and never in the address, and nothing of the question is kept.
 */
export async function resultPapers(
  client: LgspClient,
  { owner, procedure, wanted = [] }: ResultQuestion,
  signal?: AbortSignal,
): Promise<Result<ResultPaper[]>> {
  const question = {
    SoDinhDanhChuSoHuu: owner,
    MaThuTuc: procedure,
    DanhSachDanhMucKetQua: wanted.map(({ code, number }) => ({ MaKetQua: code, SoKyHieu: number ?? '' })),
  };
  const answer = await client.results(question, signal);
  if (!answer.ok) return answer;
  const rows = listOf(new Fields(new Fields(answer.value).get('result')).get('DanhSachGiayToKetQua'));
  return success(rows.flatMap(readPaper));
}

function readPaper(row: unknown): ResultPaper[] {
  const fields = new Fields(row);
  const code = fields.text('MaKetQua');
  if (code === undefined) return [];
  const files = listOf(fields.get('DanhSachTepDinhKem')).flatMap((file) => {
    const path = new Fields(file).text('DuongDan');
    return path === undefined ? [] : [{ path, name: new Fields(file).text('TenTep') }];
  });
  return [
    {
      code,
      name: fields.text('TenGiayTo'),
      number: fields.text('SoKyHieu'),
      agency: fields.text('CoQuanChuQuan'),
      files,
    },
  ];
}
