// The server's clock, for counters that start from the server's times on computers
// whose own clock is wrong.

let offsetMs = 0

/** Takes note of an answer's Date header, which has whole seconds only. */
export function noteServerDate(header: string | null): void {
  const server = Date.parse(header ?? '')
  if (Number.isNaN(server)) return
  const seen = server + 500 - Date.now()
  offsetMs = Math.abs(seen) < 1_500 ? 0 : seen
}

/** Now by the server's clock, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offsetMs
}
