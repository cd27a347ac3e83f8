// The staffing plan of the API (/api/docs, Staffing) as rows to be drawn.

export interface HourNeed {
  day: number
  hour: number
  weeks: number
  calls: number
  busiest: number
  need: number
  worst: number
  in_time_percent: number
  occupancy_percent: number
}

export interface ShiftNeed {
  day: number
  shift: string
  vi: string
  en: string
  from: string
  to: string
  need: number
  worst: number
  seats: number
  seats_needed: number
  peak: { day: number; hour: number }
  hours_unseen: number
}

export interface Target {
  name: string
  percent: number
  within_ms: number
  lost_percent: number
}

export interface StaffPlan {
  weeks: number
  since: string
  until: string
  target: Target
  handling_ms: number
  least: number
  away_percent: number
  hours: HourNeed[]
  shifts: ShiftNeed[]
}

export interface Capacity {
  targets: Target[]
  rows: { handling_ms: number; agents: number; calls_per_hour: number[] }[]
}

/** Days as people read a week: Monday first. */
export const days: readonly number[] = [1, 2, 3, 4, 5, 6, 0]

/** The hours as one row a day, Monday first. */
export function weekOf(hours: readonly HourNeed[]): { day: number; hours: HourNeed[] }[] {
  return days.map((day) => ({ day, hours: hours.filter((h) => h.day === day).sort((a, b) => a.hour - b.hour) }))
}

/** The shifts as one row a shift, each with its days, Monday first. */
export function shiftRows(shifts: readonly ShiftNeed[]): { shift: ShiftNeed; days: ShiftNeed[] }[] {
  const keys = [...new Set(shifts.map((s) => s.shift))]
  return keys.flatMap((key) => {
    const all = days.flatMap((day) => shifts.filter((s) => s.shift === key && s.day === day))
    return all[0] === undefined ? [] : [{ shift: all[0], days: all }]
  })
}

export function shortOf(shift: ShiftNeed): number {
  return Math.max(0, shift.seats_needed - shift.seats)
}

/** How strongly an hour is coloured, from 0 to 1, between the least and the most of the week. */
export function heat(value: number, all: readonly number[]): number {
  const low = Math.min(...all)
  const high = Math.max(...all)
  return high === low ? 0 : (value - low) / (high - low)
}

/** The table of capacity by handling time: one block each, with a row for each number of agents. */
export function blocks(capacity: Capacity): { handling: number; rows: Capacity['rows'] }[] {
  const times = [...new Set(capacity.rows.map((r) => r.handling_ms))].sort((a, b) => a - b)
  return times.map((handling) => ({ handling, rows: capacity.rows.filter((r) => r.handling_ms === handling).sort((a, b) => a.agents - b.agents) }))
}
