// A plan as a grid of shifts × days, for showing and changing it.
import { addDays, spanOf } from './dates'
import type { Alarm, Assignment, Gap, Plan, Problem, ShiftInfo, Slot } from './types'

export interface Seated extends Assignment {
  /** What is wrong with this person on this shift. */
  problems: Problem[]
}

export interface Cell extends Slot {
  seats: number
  people: Seated[]
  missing: number
  gap: Gap | null
  /** The shift is over: what was planned stays as it was. */
  over: boolean
  /** It runs at this moment. */
  running: boolean
}

export interface Row {
  shift: ShiftInfo
  cells: Cell[]
}

/** A name of a slot, for keys and for finding where something was dropped. */
export function slotKey({ date, shift }: Slot): string {
  return `${date}/${shift}`
}

export function slotOfKey(key: string): Slot {
  const [date = '', shift = ''] = key.split('/')
  return { date, shift }
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return a.date === b.date && a.shift === b.shift
}

export function datesOf({ from, days }: Pick<Plan, 'from' | 'days'>): string[] {
  return Array.from({ length: days }, (_, i) => addDays(from, i))
}

/** Seats of a shift on a date: holidays may have their own. */
export function seatsOn(plan: Plan, date: string, shift: ShiftInfo): number {
  return plan.holidays.find((h) => h.date === date)?.seats[shift.key] ?? shift.seats
}

/** The grid, with one row for each shift. Only a whole plan knows who is missing. */
export function gridOf(plan: Plan, now: number, whole: boolean): Row[] {
  const people = new Map<string, Seated[]>()
  for (const a of plan.assignments) {
    const key = slotKey(a)
    const problems = plan.problems.filter((p) => p.agent === a.agent && sameSlot(p, a))
    people.set(key, [...(people.get(key) ?? []), { ...a, problems }])
  }
  return plan.shifts.map((shift) => ({
    shift,
    cells: datesOf(plan).map((date): Cell => {
      const slot = { date, shift: shift.key }
      const seated = people.get(slotKey(slot)) ?? []
      const seats = seatsOn(plan, date, shift)
      const span = spanOf(date, shift)
      return {
        ...slot,
        seats,
        people: seated,
        missing: whole ? Math.max(0, seats - seated.length) : 0,
        gap: plan.gaps.find((g) => sameSlot(g, slot)) ?? null,
        over: now >= span.to,
        running: span.from <= now && now < span.to,
      }
    }),
  }))
}

export interface Trouble {
  slot: Slot
  /** Somebody's name, or "" when it is about the seats. */
  name: string
  vi: string
  en: string
}

/** Everything that is wrong, in the order of the days: empty seats first. */
export function troublesOf(plan: Plan, now: number): Trouble[] {
  const order = plan.shifts.map((s) => s.key)
  const isOver = ({ date, shift }: Slot) => {
    const info = plan.shifts.find((s) => s.key === shift)
    return info !== undefined && now >= spanOf(date, info).to
  }
  const all: Trouble[] = [
    ...plan.gaps.filter((g) => g.missing > 0).map((g) => ({ slot: { date: g.date, shift: g.shift }, name: '', vi: g.vi, en: g.en })),
    ...plan.problems.map((p) => ({ slot: { date: p.date, shift: p.shift }, name: p.name, vi: p.vi, en: p.en })),
  ]
  return all
    .filter((t) => !isOver(t.slot))
    .sort((a, b) => a.slot.date.localeCompare(b.slot.date) || order.indexOf(a.slot.shift) - order.indexOf(b.slot.shift) || a.name.localeCompare(b.name))
}

/** A shift below its minimum has empty seats as well: that is said once. */
export function loudest(alarms: readonly Alarm[]): Alarm[] {
  return alarms.filter((a) => a.kind === 'below_minimum' || !alarms.some((b) => b.kind === 'below_minimum' && sameSlot(a, b)))
}

/** The shift that runs stands above the others, which stay in their order. */
export function runningFirst<T extends { from: string; to: string }>(shifts: readonly T[], now: number): T[] {
  const runs = (s: T) => Date.parse(s.from) <= now && now < Date.parse(s.to)
  return [...shifts.filter(runs), ...shifts.filter((s) => !runs(s))]
}
