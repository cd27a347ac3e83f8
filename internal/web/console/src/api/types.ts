// The JSON of the API, as /api/docs describes it. Times are RFC 3339 in
// UTC, fields that end in _ms are whole milliseconds.

import type { Role } from '../account/types'
import type { Handover, LiveEmergency } from '../emergency/types'

export type Group = 'procedure' | 'emergency' | 'field'
export type AgentState = 'offline' | 'available' | 'reserved' | 'ringing' | 'talking' | 'wrap_up' | 'paused'
export type TicketStatus = 'new' | 'answered' | 'missed'
export type OfferEnd = 'accepted' | 'refused' | 'timed_out' | 'rescinded'
export type Result = 'served' | 'handed_over' | 'abandoned' | 'self_served' | 'voicemail' | 'callback' | 'refused' | 'not_reached' | 'failed'

/** A text in both languages, as the API sends everything that people read. */
export interface Words {
  vi: string
  en: string
}

export interface Staff {
  id: string
  name: string
  role: Role
  shift: string
}

/** What a browser needs to speak SIP for one desk or one public call. */
export interface Credential {
  uri: string
  user: string
  password: string
  ws: string
}

export interface Keyed extends Words {
  key: string
}

export interface Field extends Keyed {
  group: Group
}

export interface TicketRow {
  code: string
  call: string
  opened_at: string
  channel: string
  caller: string
  caller_vi: string
  group: Group | ''
  field: string
  field_vi: string
  service: string
  status: TicketStatus
  /** All fields are empty while the call goes on. */
  outcome: { result: Result | ''; by: string; stage: string }
  agent: string
  agent_name: string
  note: string
  citizen: string
  place: Place
  recording: boolean
  /** 1 satisfied, 2 so-so, 3 not satisfied, 0 when the citizen pressed nothing. */
  rating: number
}

/** Where something is; what is not known is missing. */
export interface Place {
  said?: string
  /** There is a pin: */
  located?: boolean
  lat?: number
  lon?: number
}

export interface DraftForm {
  ticket: string
  caller: string
  group: Group
  field: string
  citizen: string
  place: Place
  note: string
}

export interface Draft {
  call: string
  seq: number
  saved_at: string
  form: DraftForm
}

export interface Attachment {
  id: string
  name: string
  type: string
  bytes: number
  sha256: string
  by: string
  by_name: string
  at: string
}

export type ArticleStatus = 'draft' | 'published' | 'withdrawn'

export interface Article {
  id: string
  version: number
  title: string
  body: string
  group: Group
  field: string
  status: ArticleStatus
  by: string
  by_name: string
  at: string
}

export interface TimelineEntry extends Words {
  at: string
  kind: string
  /** The fact itself; what it holds depends on its kind. */
  data?: unknown
}

export interface Ticket extends TicketRow {
  waited_ms: number
  talked_ms: number
  timeline: TimelineEntry[] | null
  earlier: TicketRow[] | null
  /** Of the ticket's own call and of those made for it, oldest first. */
  recordings: KeptRecording[] | null
  attachments: Attachment[] | null
}

/** What everybody is told who calls. */
export interface CallersNotice {
  vi: string
  en: string
  sound: boolean
  by: string
  at: string
  until: string
}

export interface KeptRecording {
  call: string
  /** Number within the call, from 1. */
  n: number
  what: 'conversation' | 'outside' | 'message'
  at: string
  duration_ms: number
}

export interface Offer {
  id: string
  call: string
  caller: string
  caller_vi: string
  group: Group
  field: string
  service: string
  language: string
  waited_ms: number
  ticket: string
  earlier: TicketRow[] | null
  /** A colleague who sends the call, and what for. */
  from?: string
  how?: 'consult' | 'transfer' | 'barge' | 'take_over'
  /** We had this citizen a moment ago and were cut off. */
  back: boolean
  /** This agent makes the call: the desk answers by itself. */
  outbound?: boolean
  recorded: boolean
  /** While the recording is paused. */
  recording_paused_until?: string
}

/** A citizen on hold for us, until then. */
export interface Kept extends Offer {
  until: string
}

export interface Desk {
  agent: string
  name: string
  sip: Credential
  state: AgentState
  reason: string
  since: string
  pause_reasons: Keyed[]
  fields: Field[]
  offer: Offer | null
  kept: Kept | null
  talk?: Talk
  /** A softphone has the desk's socket: this page's, or another's. */
  connected: boolean
}

export interface DeskStateEvent {
  state: AgentState
  reason: string
  since: string
  wrap_up_until: string | null
  call: string
  kept: Kept | null
}

export interface DeskEndedEvent {
  call: string
  ticket: string
  why: EndedWhy
}

export type EndedWhy =
  | 'citizen_hung_up'
  | 'agent_hung_up'
  | 'desk_lost'
  | 'not_reached'
  | 'transferred'
  | 'taken_over'
  | 'dropped'
  | 'consult_over'

/** How a conversation stands, once something was done in it. */
export interface Talk {
  call: string
  /** It is this agent's call, which they may hold and give away. */
  lead: boolean
  held: boolean
  held_since: string | null
  reminded: number
  parties: TalkParty[]
  /** While the citizen is handed over to command centres. */
  handover?: Handover | null
}

/** Somebody beside the citizen and this agent. */
export interface TalkParty {
  leg: string
  agent: string
  number: string
  number_vi: string
  /** asked: talks with the agent, and not with the citizen. */
  standing: 'ringing' | 'asked' | 'talking'
}

/** Whom a call is given to, or who is asked: one of the three. */
export type Target = { agent: string } | { queue: string } | { number: string }

export type SignedOutWhy = 'replaced' | 'signed_out' | 'shift_over' | 'by_supervisor'

export interface Live {
  at: string
  calls: { menu: number; waiting: number; ringing: number; talking: number }
  queues: {
    queue: string
    group: Group
    waiting: number
    longest_wait_ms: number
    /** The wait of who comes now; null when it cannot be told. */
    estimate_ms: number | null
    /** By a supervisor. */
    closed: boolean
    today: { entered: number; answered: number; abandoned: number; within: Within[] }
  }[]
  longest_wait_ms: number
  agents: Record<AgentState, number>
  desks: { agent: string; name: string; state: AgentState; reason: string; since: string; call: string }[]
  today: {
    date: string
    arrived: number
    served: number
    abandoned: number
    abandoned_waiting: number
    voicemail: number
    callback: number
    failed: number
    answered: number
    answered_in_15s: number
    answered_in_15s_percent: number
    average_wait_ms: number
    average_talk_ms: number
    within: Within[]
  }
  shift: { key: string; vi: string; en: string; from: string; to: string; seats: number; present: number }
  staffing: Staffing | null
  last_arrival: string | null
  usual: { days: number; so_far: UsualDay; all_day: UsualDay } | null
  system: { name: string; well: boolean; free_percent?: number }[] | null
  limits: WallLimits
  /** Not there before the server that knows of hand-overs. */
  emergency?: LiveEmergency
}

/** How many were answered so soon, of those who count. */
export interface Within {
  ms: number
  answered: number
  of: number
  percent: number
}

export interface UsualDay {
  arrived: number
  answered: number
  abandoned: number
  in_time_percent: number
}

export interface WallLimit {
  late: number
  bad: number
}

/** From which figures on something is late, or bad; 0 is never. */
export interface WallLimits {
  longest_wait_ms: WallLimit
  waiting: WallLimit
  lost_percent: WallLimit
  in_time: WallLimit
  seats_missing: WallLimit
  disk_free: WallLimit
  sound_every_ms: number
}

/** How many agents the lines need in this hour. */
export interface Staffing extends Words {
  at: string
  reason: 'enough' | 'short' | 'overload' | 'too_few_calls'
  have: number
  need: number
  missing: number
  low: number
  high: number
  target: { percent: number; within_ms: number; lost_percent: number }
  seen: { over_ms: number; arrived: number; answered: number; handling_ms: number; abandoned: number; waited_ms: number; waiting: number }
  taken: { calls_per_hour: number; handling_ms: number; patience_ms: number }
  found: { in_time_percent: number; abandoned_percent: number; average_wait_ms: number | null; occupancy_percent: number }
}
