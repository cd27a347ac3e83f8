// What an agent at the desk wants to know of their own shift.
import { spanOf } from './dates'
import { sameSlot } from './plan'
import type { Assignment, Plan, Sheets, Who } from './types'

export interface MyShift {
  /** When the shift that they are on ends, in milliseconds; null off shift. */
  endsAt: number | null
  /** Who comes then. */
  relief: Who[]
  next: Assignment[]
}

const mostNext = 3

export function myShift(plan: Plan, sheets: Sheets, agent: string, now: number): MyShift {
  const own = plan.assignments
    .filter((a) => a.agent === agent)
    .flatMap((a) => {
      const shift = plan.shifts.find((s) => s.key === a.shift)
      return shift === undefined ? [] : [{ a, span: spanOf(a.date, shift) }]
    })
    .sort((x, y) => x.span.from - y.span.from)
  const on = own.find(({ a, span }) => sameSlot(a, sheets.running) || (span.from <= now && now < span.to))
  return {
    endsAt: on === undefined ? null : on.span.to,
    relief: on === undefined ? [] : sheets.running.incoming,
    next: own.filter(({ span }) => span.from > now).slice(0, mostNext).map(({ a }) => a),
  }
}
