// The JSON of hand-overs to command centres, as internal/web/API.md describes it.
import type { Words } from '../api/types'

export type AttemptState = 'called' | 'ringing' | 'answered' | 'gone'
export type DestinationEnd = 'busy' | 'congested' | 'no_route' | 'no_answer' | 'hung_up' | 'rescinded'

/** One destination of a service's ladder that was called. */
export interface Attempt {
  attempt: number
  name: string
  state: AttemptState
  why: DestinationEnd | ''
  began: string
  since: string
}

export interface HandoverService {
  service: string
  area: string
  began: string
  answered: string | null
  confirmed: string | null
  confirmed_by: string
  confirmed_attempt: number
  round: number
  attempts: Attempt[]
}

export interface Handover {
  call: string
  /** False once they have hung up. */
  citizen: boolean
  /** Who of us is with them. */
  here: string[]
  /** Hanging up leaves the citizen with the command centre. */
  may_leave: boolean
  supervisors_ring: boolean
  services: HandoverService[]
}

export interface EmergencyService extends Words {
  service: string
}

export type DutyStep = 'taken' | 'no_answer' | 'reached' | 'closed'

/** A citizen who hung up before a hand-over was confirmed, and is to be called back. */
export interface Duty {
  call: string
  ticket: string
  caller: string
  caller_vi: string
  service: string
  since: string
  taken_by: string
  tries: number
  overdue: boolean
  done: boolean
  notes: { at: string; agent: string; how: DutyStep; note: string }[]
}

/** GET /api/emergency */
export interface Emergencies {
  services: EmergencyService[]
  handovers: Handover[]
  callbacks: Duty[]
}

export type AlarmKind = 'not_acknowledged' | 'ladder_ended' | 'not_called_back'

export interface EmergencyAlarm {
  kind: AlarmKind
  call: string
  service: string
  since: string
}

/** The last drill: whether the whole way worked, and which times it took. */
export interface Drill {
  at: string
  service: string
  ok: boolean
  vi: string
  en: string
  rang_ms: number
  together_ms: number
}

export interface LiveEmergency {
  handovers: Handover[]
  callbacks: Duty[]
  alarms: EmergencyAlarm[]
  today: {
    asked: number
    answered_in_10s: number
    answered_in_15s: number
    answered_in_20s: number
    to_answer_ms: number
    to_confirm_ms: number
    confirmed: number
    owed: number
    called_back: number
  }
  drill?: Drill | null
}
