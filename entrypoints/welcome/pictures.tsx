/** Three drawings of what a person will see; colours follow the scheme through classes. */

const BADGES = [
  { tone: 'red', words: '▲ quá 1 ngày' },
  { tone: 'amber', words: '◆ còn 3 giờ' },
  { tone: 'green', words: '● còn 4 ngày' },
] as const;

/** A badge in a drawing: its own outline and words. */
function Tag({ x, y, tone, words }: { x: number; y: number; tone: string; words: string }) {
  return (
    <g class={`tag ${tone}`}>
      <rect x={x} y={y} width="96" height="20" rx="4" />
      <text x={x + 8} y={y + 14}>
        {words}
      </text>
    </g>
  );
}

/** The host's list with a badge in each row. */
export function ListPicture() {
  return (
    <svg viewBox="0 0 320 150" role="img">
      <title>Danh sách hồ sơ, mỗi dòng có một nhãn hạn</title>
      <rect class="paper" x="1" y="1" width="318" height="148" rx="8" />
      <rect class="bar" x="1" y="1" width="318" height="22" rx="8" />
      {[0, 1, 2].map((dot) => (
        <circle key={dot} class="line" cx={14 + dot * 12} cy="12" r="3" />
      ))}
      {BADGES.map(({ tone, words }, row) => (
        <g key={tone}>
          <rect class="line" x="16" y={40 + row * 36} width="90" height="8" rx="4" />
          <rect class="faint" x="16" y={54 + row * 36} width="150" height="6" rx="3" />
          <Tag x={208} y={38 + row * 36} tone={tone} words={words} />
        </g>
      ))}
    </svg>
  );
}

/** The toolbar button and the popup under it. */
export function PopupPicture() {
  return (
    <svg viewBox="0 0 320 150" role="img">
      <title>Biểu tượng Đúng Hẹn trên thanh công cụ, bên dưới là ô tình trạng</title>
      <rect class="bar" x="1" y="1" width="318" height="30" rx="8" />
      <rect class="paper" x="14" y="8" width="190" height="16" rx="8" />
      <g class="logo">
        <rect x="252" y="6" width="20" height="20" rx="5" />
        <path d="M257 16.5 l4 4 7 -8" />
      </g>
      <g class="tag red">
        <rect x="266" y="16" width="18" height="13" rx="3" />
        <text x="271" y="26">
          3
        </text>
      </g>
      <rect class="paper" x="130" y="38" width="176" height="110" rx="8" />
      <rect class="good" x="140" y="48" width="156" height="24" rx="4" />
      <rect class="line" x="150" y="56" width="110" height="8" rx="4" />
      <rect class="faint" x="140" y="82" width="130" height="6" rx="3" />
      <rect class="faint" x="140" y="95" width="100" height="6" rx="3" />
      <rect class="solid" x="140" y="116" width="156" height="22" rx="5" />
      <text class="on-solid" x="218" y="131" text-anchor="middle">
        Mở bảng công việc
      </text>
    </svg>
  );
}

/** The page with the side panel beside it. */
export function PanelPicture() {
  return (
    <svg viewBox="0 0 320 150" role="img">
      <title>Bảng công việc mở bên cạnh trang, hồ sơ gấp nhất ở trên</title>
      <rect class="paper" x="1" y="1" width="318" height="148" rx="8" />
      <rect class="bar" x="1" y="1" width="318" height="22" rx="8" />
      {[0, 1, 2, 3].map((row) => (
        <rect key={row} class="faint" x="16" y={42 + row * 24} width={150 - (row % 2) * 30} height="7" rx="3.5" />
      ))}
      <rect class="wash" x="196" y="23" width="123" height="126" />
      {BADGES.map(({ tone, words }, row) => (
        <g key={tone}>
          <Tag x={206} y={32 + row * 38} tone={tone} words={words} />
          <rect class="line" x="206" y={57 + row * 38} width="84" height="6" rx="3" />
        </g>
      ))}
    </svg>
  );
}
