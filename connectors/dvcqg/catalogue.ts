import { failure, type Result, success } from '../errors.ts';
import { Fields, listOf, textOf } from '../wire.ts';
import type { DvcqgClient } from './client.ts';

/** A line of a catalogue of the portal. */
export interface CatalogueEntry {
  code: string;
  name: string;
}

/** One published time for settling a procedure. */
export interface ProcedureTime {
  /** 1 counter, 2 online, 3 post, as the portal numbers channels. */
  channel?: string;
  value: string;
  unit?: string;
}

export interface Procedure extends CatalogueEntry {
  field?: string;
  times: ProcedureTime[];
}

const entries = (rows: readonly unknown[], code: string, name: string): CatalogueEntry[] =>
  rows.flatMap((row) => {
    const fields = new Fields(row);
    const text = fields.text(code);
    return text === undefined ? [] : [{ code: text, name: fields.text(name) ?? '' }];
  });

async function shared(client: DvcqgClient, service: string, code: string, name: string, signal?: AbortSignal) {
  const answer = await client.call({ service, endpoint: 'share', signal });
  return answer.ok ? success(entries(answer.value, code, name)) : answer;
}

/** All procedures, in one answer. */
export function procedures(client: DvcqgClient, signal?: AbortSignal): Promise<Result<CatalogueEntry[]>> {
  return shared(client, 'LayDanhSachTTHC', 'MATTHC', 'TENTTHC', signal);
}

/** Agencies. */
export function agencies(client: DvcqgClient, signal?: AbortSignal): Promise<Result<CatalogueEntry[]>> {
  return shared(client, 'LayDanhMucCoQuan', 'MADONVI', 'TENDONVI', signal);
}

/** Fields (lĩnh vực). */
export function sectors(client: DvcqgClient, signal?: AbortSignal): Promise<Result<CatalogueEntry[]>> {
  return shared(client, 'LayDanhMucLinhVuc', 'MALINHVUC', 'TENLINHVUC', signal);
}

/** One procedure with its published times per channel; null when the portal has none of that code. */
export async function procedure(
  client: DvcqgClient,
  code: string,
  signal?: AbortSignal,
): Promise<Result<Procedure | null>> {
  const answer = await client.call({ service: 'LayThuTuc', send: { maTTHC: code }, signal });
  if (!answer.ok) return answer;
  const [row] = answer.value;
  if (row === undefined) return success(null);
  const fields = new Fields(row);
  const found = fields.text('MATTHC');
  if (found === undefined) return failure({ kind: 'schema', message: 'Thủ tục không có MATTHC.', call: 'LayThuTuc' });
  const field = listOf(fields.get('LINHVUCTHUCHIEN')).map(
    (one) => new Fields(one).text('TENLINHVUC') ?? textOf(one),
  )[0];
  const times = listOf(fields.get('CACHTHUCTHUCHIEN')).flatMap((way) => {
    const channel = new Fields(way).text('KENH');
    return listOf(new Fields(way).get('THOIGIAN')).flatMap((time): ProcedureTime[] => {
      const value = new Fields(time).text('THOIGIANGIAIQUYET');
      if (value === undefined) return [];
      const unit = new Fields(time).text('DONVITINH');
      return [{ value, ...(channel !== undefined && { channel }), ...(unit !== undefined && { unit }) }];
    });
  });
  return success({ code: found, name: fields.text('TENTTHC') ?? '', times, ...(field !== undefined && { field }) });
}
