/** Which dossiers are asked for: days of receipt and units. */
export function Window({
  from,
  to,
  units,
  onFrom,
  onTo,
  onUnits,
}: {
  from: string;
  to: string;
  units: string;
  onFrom: (day: string) => void;
  onTo: (day: string) => void;
  onUnits: (units: string) => void;
}) {
  return (
    <fieldset class="card">
      <legend>Hỏi những hồ sơ nào</legend>
      <div class="line-of-fields">
        <label>
          Tiếp nhận từ ngày
          <input type="date" value={from} onInput={(event) => onFrom(event.currentTarget.value)} />
        </label>
        <label>
          đến ngày
          <input type="date" value={to} onInput={(event) => onTo(event.currentTarget.value)} />
        </label>
        <label>
          Mã đơn vị (cách nhau bằng dấu phẩy; để trống: mọi đơn vị đã khai ở kết nối)
          <input value={units} onInput={(event) => onUnits(event.currentTarget.value)} />
        </label>
      </div>
    </fieldset>
  );
}
