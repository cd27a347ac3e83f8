// How dates, durations and telephone numbers are written for people. The centre
// works in Vietnamese time wherever the browser stands.

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function parts(at: string | number): Record<string, string> {
  return Object.fromEntries(clock.formatToParts(new Date(at)).map((p) => [p.type, p.value]))
}

/** dd/mm/yyyy HH:mm */
export function dateTime(at: string | number): string {
  const p = parts(at)
  return `${p.day}/${p.month}/${p.year} ${p.hour}:${p.minute}`
}

/** dd/mm/yyyy */
export function date(at: string | number): string {
  const p = parts(at)
  return `${p.day}/${p.month}/${p.year}`
}

/** HH:mm:ss */
export function timeOfDay(at: string | number): string {
  const p = parts(at)
  return `${p.hour}:${p.minute}:${p.second}`
}

/** mm:ss below an hour, h:mm:ss from there; a negative length counts as zero. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/**
 * A number as it is written in Vietnam: mobiles 0912 345 678, landlines with their
 * area code apart, 0274 3 822 123 or 028 3829 1234; a foreign number stays E.164.
 */
export function phone(number: string): string {
  if (!number.startsWith('+84')) return number
  const national = `0${number.slice(3)}`
  if (!/^\d{10,11}$/.test(national)) return number
  if (!national.startsWith('02')) return national.replace(/^(\d{4})(\d{3})(\d{3,4})$/, '$1 $2 $3')
  if (/^02[48]/.test(national)) return national.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  return national.replace(/^(\d{4})(\d)(\d{3})(\d{3})$/, '$1 $2 $3 $4')
}
