const FIELD_NAMES: Record<string, string> = {
  code: 'Mã hồ sơ',
  procedure: 'Tên thủ tục',
  submittedAt: 'Ngày nộp',
  receivedAt: 'Ngày tiếp nhận',
  competentReceivedAt: 'Ngày cơ quan có thẩm quyền nhận',
  dueAt: 'Ngày hẹn trả',
  extendedDueAt: 'Ngày hẹn lại',
  completedAt: 'Ngày xử lý xong',
  returnedAt: 'Ngày trả kết quả',
  status: 'Trạng thái',
};

/** Vietnamese name of a field of the record. */
export function fieldName(field: string): string {
  return FIELD_NAMES[field] ?? field;
}
