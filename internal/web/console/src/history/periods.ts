// Days or weeks of the past, and what is drawn of them.

/** A day or a week, as internal/web/API.md has it. */
export interface Period {
  /** First day, yyyy-mm-dd. */
  date: string
  arrived: number
  entered: number
  answered: number
  abandoned: number
  in_time: number
  judged: number
  waited_ms: number
  talked_ms: number
  offered: number
  missed: number
  refused: number
}

export type Unit = 'day' | 'week'

const dayMs = 86_400_000

/** The last day of a period. */
export function lastDay(date: string, unit: Unit): string {
  return new Date(Date.parse(date) + (unit === 'week' ? 6 : 0) * dayMs).toISOString().slice(0, 10)
}

const nothing = { arrived: 0, entered: 0, answered: 0, abandoned: 0, in_time: 0, judged: 0, waited_ms: 0, talked_ms: 0, offered: 0, missed: 0, refused: 0 }

/** Periods without a call are not told, and belong into a picture all the same. */
export function filled(periods: readonly Period[], from: string, to: string, unit: Unit): Period[] {
  const known = new Map(periods.map((p) => [p.date, p]))
  const all: Period[] = []
  for (let at = begin(from, unit); at <= Date.parse(to); at += (unit === 'week' ? 7 : 1) * dayMs) {
    const date = new Date(at).toISOString().slice(0, 10)
    all.push(known.get(date) ?? { date, ...nothing })
  }
  return all
}

// Weeks begin on Monday.
function begin(from: string, unit: Unit): number {
  const at = Date.parse(from)
  return unit === 'day' ? at : at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs
}

/** Percent answered in time, or null of nothing. */
export function service(p: Period): number | null {
  return p.judged === 0 ? null : Math.round((1000 * p.in_time) / p.judged) / 10
}

/** A mean of the answered in milliseconds, or null of nothing. */
export function mean(sum: number, p: Period): number | null {
  return p.answered === 0 ? null : sum / p.answered
}

/** dd/mm of a date. */
export function shortDate(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}`
}

/** A round number that is not below any of these, for the top of an axis. */
export function top(values: readonly number[]): number {
  const most = Math.max(1, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= most) ?? most
}
