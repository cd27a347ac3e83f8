// The JSON of the API about shifts (/api/docs, Shifts). Dates are 2026-11-25 and times
// of day 06:00, both in Việt Nam.
import type { Staff, Words } from '../api/types'

export interface Slot {
  date: string
  shift: string
}

export interface Who {
  agent: string
  name: string
}

export interface ShiftInfo extends Words {
  key: string
  from: string
  to: string
  seats: number
  minimum: number
}

export interface Assignment extends Slot, Who {
  forced: boolean
}

export interface Gap extends Slot, Words {
  seats: number
  missing: number
  free: number
}

export interface Problem extends Slot, Who, Words {
  kind: string
  other: Slot | null
}

export interface Tally extends Who {
  planned_ms: number
  shifts: number
  nights: number
  weekends: number
  holidays: number
}

export interface Holiday extends Words {
  date: string
  seats: Record<string, number>
}

export interface Plan {
  from: string
  days: number
  planned_until: string
  needed: number
  staff: number
  shifts: ShiftInfo[]
  holidays: Holiday[]
  assignments: Assignment[]
  gaps: Gap[]
  problems: Problem[]
  people: Tally[]
}

export interface Generated {
  from: string
  days: number
  applied: boolean
  added: Assignment[]
  removed: Assignment[]
  shortfall: Words & { wanted: number; filled: number; unavoidable: number; staff: number; needed: number; gaps: Gap[] }
}

export interface Member extends Who {
  never: string[]
  weekly_ms: number
  on_call: boolean
}

export interface Change extends Slot, Who {
  id: number
  at: string
  by: string
  by_name: string
  kind: 'assigned' | 'unassigned' | 'leave' | 'swapped'
  forced: boolean
  overridden: Problem[]
}

export interface Substitute extends Who {
  on_call: boolean
  rest_ms: number
  week_ms: number
  problems: Problem[]
}

export interface Alarm extends Slot, Words {
  kind: 'seat_empty' | 'below_minimum'
  since: string
  wanted: number
  present: number
  absent: Who[]
}

export type LeaveKind = 'annual' | 'family' | 'unpaid' | 'sick' | 'maternity' | 'duty'

export interface Leave extends Who {
  id: string
  from: string
  to: string
  kind: LeaveKind
  reason: string
  state: 'asked' | 'approved' | 'refused' | 'withdrawn'
  by: string
  by_name: string
  asked_at: string
  struck: Slot[]
}

export interface Swap {
  id: string
  from: string
  from_name: string
  to: string
  to_name: string
  give: Slot
  take: Slot | null
  reason: string
  state: 'proposed' | 'accepted' | 'declined' | 'approved' | 'rejected' | 'withdrawn'
  by: string
  by_name: string
  asked_at: string
}

export interface Partner extends Who {
  alone: boolean
  take: Slot[]
}

export interface AttendedPerson extends Who {
  planned: boolean
  state: 'expected' | 'missing' | 'present' | 'left' | 'attended' | 'absent'
  from: string | null
  to: string | null
  late_ms: number
  worked_ms: number
  away_ms: number
  early_ms: number
  extra_ms: number
}

export interface Attended extends Slot {
  from: string
  to: string
  people: AttendedPerson[]
}

export interface Sheet extends Slot {
  next: Slot | null
  changes_at: string
  state: 'open' | 'written' | 'taken'
  outgoing: Who[]
  incoming: Who[]
  staying: Who[]
  calls: { call: string; stage: string; agent: string; emergency: boolean; since: string; ticket: string }[]
  callbacks: { call: string; ticket: string; due: string; tries: number }[]
  tickets: { ticket: string; deadline: string; note: string }[]
  notes: (Who & { at: string; text: string })[]
  writer: Who | null
  written_at: string | null
  reads: (Who & { at: string })[]
  unread: Who[]
}

export interface Sheets {
  running: Sheet
  last: Sheet | null
}

/** Whether somebody sees and decides for everybody. The server decides; this only spares a refusal. */
export function isLead(staff: Pick<Staff, 'role'>): boolean {
  return ['shift_lead', 'supervisor', 'admin'].includes(staff.role)
}
