const oneDecimal = (n: number) => n.toFixed(1).replace('.', ',').replace(/,0$/, '');

/**
 * Working minutes as an officer says them: "40 phút", "3 giờ 20 phút", "1,5 ngày", "12 ngày". From one working day
 * on the unit is the working day of `dayMinutes` working minutes, rounded down to a tenth so that time left is never
 * overstated; the sign is dropped.
 */
export function workingDuration(minutes: number, dayMinutes = 480): string {
  const m = Math.abs(minutes);
  if (m >= dayMinutes) return `${oneDecimal(Math.floor((m / dayMinutes) * 10) / 10)} ngày`;
  const hours = Math.floor(m / 60);
  const rest = m % 60;
  if (hours === 0) return `${rest} phút`;
  return rest === 0 ? `${hours} giờ` : `${hours} giờ ${rest} phút`;
}
