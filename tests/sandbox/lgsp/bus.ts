/** The dossier bus (protocols.md §2.4): waiting messages of a unit, one message, acknowledgement. */

import type { Book } from '../book.ts';
import type { BookRow } from '../planted-types.ts';
import type { Answer, WireRequest } from '../upstream.ts';
import { statusNumber, type WireShape } from '../wire-shape.ts';

const SENDER = 'H29.990';

function messageStatus(status: number): string {
  if (status === 2) return 'TIEPNHAN';
  if (status === 6) return 'THANHTOAN';
  if (status === 7) return 'RUT';
  if (status === 3 || status === 8) return 'TUCHOI';
  return status >= 9 ? 'KETQUA' : 'CAPNHAT';
}

export class Bus {
  readonly #book: Book;
  readonly #ids = new Map<BookRow, string>();
  readonly #rows = new Map<string, BookRow>();
  readonly #done = new Set<string>();

  constructor(book: Book) {
    this.#book = book;
  }

  /** Everything of the unit that nobody has acknowledged: no window, no page. */
  list(request: WireRequest, shape: WireShape): Answer {
    const unit = request.query.get('unit_code') ?? '';
    if (unit === '') return { body: { status: 'fail', errorCode: '1', errorDesc: 'Thiếu unit_code' } };
    const waiting = this.#book.rows.filter((row) => row.unit.code === unit && !this.#done.has(this.#id(row)));
    const profileReceivers = shape.list(waiting, this.#book.rows[0]).map((row) => ({
      profileId: this.#id(row),
      fromUnitCode: SENDER,
      toUnitCode: row.unit.code,
      createTime: shape.moment({ ...row, broken: undefined }, 'receivedAt', 'slash'),
      status: messageStatus(row.status),
      status_profile: statusNumber(row.status),
      type: 'profile',
    }));
    return { body: { status: 'success', errorCode: '0', errorDesc: '', profileReceivers } };
  }

  detail(request: WireRequest, shape: WireShape): Answer {
    const row = this.#row(request);
    if (row === undefined) return { body: { status: 'fail', errorCode: '2', errorDesc: 'Không có bản tin' } };
    return { body: { status: 'success', errorCode: '0', errorDesc: '', profileOutmodel: this.#profile(row, shape) } };
  }

  acknowledge(request: WireRequest): Answer {
    const id = request.query.get('profile_id') ?? '';
    const status = request.query.get('status');
    if (this.#row(request) === undefined || (status !== 'done' && status !== 'fail'))
      return { body: { status: 'fail', errorCode: '2', errorDesc: 'Không có bản tin hoặc sai trạng thái' } };
    if (status === 'done') this.#done.add(id);
    return { body: { status: 'success', errorCode: '0', errorDesc: '' } };
  }

  #id(row: BookRow): string {
    let id = this.#ids.get(row);
    if (id === undefined) {
      id = `BT${String(this.#ids.size + 1).padStart(8, '0')}`;
      this.#ids.set(row, id);
      this.#rows.set(id, row);
    }
    return id;
  }

  #row(request: WireRequest): BookRow | undefined {
    return this.#rows.get(request.query.get('profile_id') ?? '');
  }

  #profile(row: BookRow, shape: WireShape): Record<string, unknown> {
    const { code, otherCode } = shape.codes(row);
    const { name, address, phone, email, identity } = row.owner;
    const paper = {
      content_type: 'application/pdf',
      attachment_name: 'Kết quả giải quyết.pdf',
      attachment_file_url: `http://10.0.0.9/tep/${row.index}.pdf?t=${Date.now()}`,
      is_verified: 'true',
      is_deleted: 'false',
      description: 'KETQUA',
    };
    return {
      type: 'profile',
      status: messageStatus(row.status),
      status_profile: statusNumber(row.status),
      profiles_status: statusNumber(row.status),
      source_id: code,
      ref_code: otherCode,
      procedures_code: row.procedure.code,
      is_update: 'true',
      creation_date: shape.moment(row, 'updatedAt', 'slash'),
      accept_date: shape.moment(row, 'receivedAt', 'slash'),
      start_date: shape.moment(row, 'receivedAt', 'slash'),
      appointment_date: shape.moment(row, 'dueAt', 'slash'),
      end_date: shape.moment(row, 'finishedAt', 'slash'),
      require_date: '',
      applicants_type: '1',
      applicants_id: identity,
      return_type: row.channel === 'post' ? '1' : '0',
      note: '',
      from_unit_code: row.unit.code,
      to_unit_code: [SENDER],
      profileOwner: { name, address, tel: phone },
      profileApplicant: { name, address, email, tel: phone, identify: identity },
      profileAttachments: row.hasResult ? [paper] : [],
      profileDocFees: [],
      profileDocPaper: [],
      is_request_payment: 'false',
      total_amount: '0',
    };
  }
}
