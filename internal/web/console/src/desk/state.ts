// Everything the desk's page shows, and how it changes: one reducer over what the
// server tells (SSE), what the telephone does (SIP) and what the agent types.
import type { Desk, DeskEndedEvent, DeskStateEvent, Field, Group, Keyed, Offer, OfferEnd, Place, SignedOutWhy, Talk, Words } from '../api/types'
import type { DeskMessage, RecordingEvent } from '../api/supervise'
import type { Light } from '../phone/line'
import type { MicrophoneProblem } from '../phone/microphone'
import type { Saved } from './draft'

/** opening → open → closed; elsewhere: another window has a call, this one asks first. */
export type Phase = 'opening' | 'elsewhere' | 'failed' | 'open' | 'closed'
export type PhoneState = 'idle' | 'ringing' | 'answering' | 'talking'
export type Notice = 'missed' | 'gave_up' | 'citizen_left' | 'taken' | 'desk_lost' | 'server_restarted' | 'late_form_failed' | 'recording_on'

/** The wrap-up form of one call; open from the first word until it is saved. */
export interface Form {
  call: string
  ticket: string
  caller: string
  group: Group
  field: string
  /** Their name, when they said it. */
  citizen: string
  place: Place
  note: string
  saving: boolean
  problem: Words | null
}

/** What an agent changes in a form. */
export type FormChange = Partial<Pick<Form, 'group' | 'field' | 'citizen' | 'place' | 'note'>>

export interface DeskState {
  phase: Phase
  closedWhy: SignedOutWhy | null
  problem: Words | null
  agentID: string
  pauseReasons: Keyed[]
  fields: Field[]
  agent: DeskStateEvent
  offer: Offer | null
  phone: PhoneState
  phoneCall: string
  phoneCaller: string
  /** What was pressed before the telephone rang; carried out when it does. */
  wanted: 'answer' | 'refuse' | null
  talkingSince: string | null
  /** How the conversation stands, once something was done in it. */
  talk: Talk | null
  endedWhy: DeskEndedEvent['why'] | null
  muted: boolean
  /** The recording is paused until then at the longest, or it is on. */
  recordingOffUntil: string | null
  messages: DeskMessage[]
  pauseAfterCall: string
  form: Form | null
  saved: Saved
  light: Light
  feed: 'connecting' | 'live' | 'lost'
  microphone: 'asking' | 'ready' | MicrophoneProblem
  notice: Notice | null
  /** The browser plays nothing before somebody clicks. */
  soundHeld: boolean
}

export const closedDesk: DeskState = {
  phase: 'opening',
  closedWhy: null,
  problem: null,
  agentID: '',
  pauseReasons: [],
  fields: [],
  agent: { state: 'offline', reason: '', since: '', wrap_up_until: null, call: '', kept: null },
  offer: null,
  phone: 'idle',
  phoneCall: '',
  phoneCaller: '',
  wanted: null,
  talkingSince: null,
  talk: null,
  endedWhy: null,
  muted: false,
  recordingOffUntil: null,
  messages: [],
  pauseAfterCall: '',
  form: null,
  saved: { state: 'none' },
  light: 'off',
  feed: 'connecting',
  microphone: 'asking',
  notice: null,
  soundHeld: false,
}

export type DeskAction =
  | { type: 'opening' }
  | { type: 'elsewhere' }
  | { type: 'open_failed'; problem: Words }
  | { type: 'opened'; desk: Desk; draft: Form | null }
  | { type: 'closed'; why: SignedOutWhy }
  | { type: 'state'; state: DeskStateEvent }
  | { type: 'offer'; offer: Offer }
  | { type: 'offer_closed'; id: string; how: OfferEnd; takenBy: string }
  | { type: 'connected'; offer: Offer; since: string }
  | { type: 'ended'; call: string; why: DeskEndedEvent['why'] }
  | { type: 'talk'; talk: Talk }
  | { type: 'phone_ringing'; call: string; caller: string }
  | { type: 'phone_answering' }
  | { type: 'phone_talking'; at: string }
  | { type: 'phone_ended' }
  | { type: 'wanted'; what: 'answer' | 'refuse' }
  | { type: 'muted'; muted: boolean }
  | { type: 'recording'; recording: RecordingEvent }
  | { type: 'message'; message: DeskMessage }
  | { type: 'message_read'; id: string }
  | { type: 'pause_after_call'; reason: string }
  | { type: 'form'; change: FormChange }
  | { type: 'form_found'; form: Form }
  | { type: 'form_draft'; saved: Saved }
  | { type: 'form_saving' }
  | { type: 'form_failed'; problem: Words }
  | { type: 'form_saved'; call: string }
  | { type: 'light'; light: Light }
  | { type: 'feed'; feed: DeskState['feed'] }
  | { type: 'microphone'; microphone: DeskState['microphone'] }
  | { type: 'problem'; problem: Words | null }
  | { type: 'notice'; notice: Notice | null }
  | { type: 'sound'; held: boolean }

export function reduce(s: DeskState, a: DeskAction): DeskState {
  switch (a.type) {
    case 'opening':
      return { ...closedDesk, microphone: s.microphone, form: s.form, notice: s.notice }
    case 'elsewhere':
      return { ...s, phase: 'elsewhere' }
    case 'open_failed':
      return { ...s, phase: 'failed', problem: a.problem }
    case 'opened':
      return opened(s, a.desk, a.draft)
    case 'closed':
      return { ...closedDesk, phase: 'closed', closedWhy: a.why, microphone: s.microphone }
    case 'state':
      return moved(s, a.state)
    case 'offer':
      return { ...s, offer: a.offer, wanted: a.offer.back ? 'answer' : null, endedWhy: null, notice: null, talk: null }
    case 'offer_closed':
      return offerClosed(s, a.id, a.how, a.takenBy)
    case 'connected':
      return withForm({ ...s, offer: a.offer, wanted: null, talkingSince: a.since, endedWhy: null, recordingOffUntil: a.offer.recording_paused_until ?? null, talk: s.talk?.call === a.offer.call ? s.talk : null })
    case 'talk':
      return s.offer !== null && s.offer.call !== a.talk.call ? s : { ...s, talk: a.talk }
    case 'ended':
      if (s.offer !== null && s.offer.call !== a.call) return s
      return { ...s, endedWhy: a.why, talk: null, notice: a.why === 'desk_lost' ? 'desk_lost' : s.notice }
    case 'phone_ringing':
      return { ...s, phone: 'ringing', phoneCall: a.call, phoneCaller: a.caller, muted: false }
    case 'phone_answering':
      return { ...s, phone: 'answering', wanted: null }
    case 'phone_talking':
      return withForm({ ...s, phone: 'talking', wanted: null, talkingSince: s.talkingSince ?? a.at })
    case 'phone_ended':
      // A refusal stays wanted until the server has heard of it, else the desk would
      // seem to ring on.
      return { ...s, phone: 'idle', phoneCall: '', phoneCaller: '', wanted: s.wanted === 'refuse' ? 'refuse' : null, muted: false }
    case 'wanted':
      return { ...s, wanted: a.what }
    case 'muted':
      return { ...s, muted: a.muted }
    case 'recording':
      return recorded(s, a.recording)
    case 'message':
      return s.messages.some((m) => m.id === a.message.id) ? s : { ...s, messages: [...s.messages, a.message] }
    case 'message_read':
      return { ...s, messages: s.messages.filter((m) => m.id !== a.id) }
    case 'pause_after_call':
      return { ...s, pauseAfterCall: a.reason }
    case 'form':
      return { ...s, form: s.form && change(s, s.form, a.change) }
    case 'form_found':
      return { ...s, form: a.form }
    case 'form_draft':
      return { ...s, saved: a.saved }
    case 'form_saving':
      return { ...s, form: s.form && { ...s.form, saving: true, problem: null } }
    case 'form_failed':
      return { ...s, form: s.form && { ...s.form, saving: false, problem: a.problem } }
    case 'form_saved':
      return s.form?.call === a.call ? { ...s, form: null } : s
    case 'light':
      return { ...s, light: a.light }
    case 'feed':
      // What was read elsewhere meanwhile is not told again, and the rest is.
      return { ...s, feed: a.feed, messages: a.feed === 'live' ? [] : s.messages }
    case 'microphone':
      return { ...s, microphone: a.microphone }
    case 'problem':
      return { ...s, problem: a.problem }
    case 'notice':
      return { ...s, notice: a.notice }
    case 'sound':
      return { ...s, soundHeld: a.held }
  }
}

/** What the middle of the page is about. */
export type Stage = 'idle' | 'incoming' | 'answering' | 'talking' | 'wrap_up'

/** The telephone knows best: it is right even while the server restarts. */
export function stageOf(s: DeskState): Stage {
  if (s.phone === 'talking') return 'talking'
  if (s.phone === 'answering' || s.wanted === 'answer') return 'answering'
  if (s.wanted === 'refuse') return 'idle'
  if (s.phone === 'ringing') return 'incoming'
  switch (s.agent.state) {
    case 'reserved':
    case 'ringing':
      return s.offer === null ? 'idle' : 'incoming'
    case 'talking':
      return s.endedWhy === null && s.offer !== null ? 'answering' : 'wrap_up'
    case 'wrap_up':
      return 'wrap_up'
    case 'offline':
    case 'available':
    case 'paused':
      return 'idle'
  }
}

/** Whether leaving the page now would hurt a citizen. */
export function inCall(s: DeskState): boolean {
  return s.phone !== 'idle'
}

/** Why the desk cannot take calls although the agent might want to, or null. */
export function notReadyBecause(s: DeskState): 'microphone' | 'line' | null {
  if (s.microphone !== 'ready') return 'microphone'
  return s.light === 'registered' ? null : 'line'
}

function opened(s: DeskState, desk: Desk, draft: Form | null): DeskState {
  return {
    ...s,
    phase: 'open',
    problem: null,
    agentID: desk.agent,
    pauseReasons: desk.pause_reasons,
    fields: desk.fields,
    agent: { state: desk.state, reason: desk.reason, since: desk.since, wrap_up_until: null, call: desk.offer?.call ?? '', kept: desk.kept },
    offer: desk.offer,
    talk: desk.talk ?? null,
    form: s.form ?? draft,
  }
}

function moved(s: DeskState, state: DeskStateEvent): DeskState {
  const next = { ...s, agent: state, notice: noticeOf(s, state) }
  const free = state.state === 'available' || state.state === 'paused' || state.state === 'offline'
  if (!free || s.phone !== 'idle') return next
  return { ...next, offer: null, wanted: null, talkingSince: null, talk: null, endedWhy: null, pauseAfterCall: '' }
}

/** While somebody is on hold for us the page says so; then what became of them. */
function noticeOf(s: DeskState, { state, kept }: DeskStateEvent): Notice | null {
  if (kept !== null) return s.notice === 'desk_lost' ? null : s.notice
  const gone = s.agent.kept !== null && (state === 'paused' || state === 'offline')
  return gone ? 'gave_up' : s.notice
}

function offerClosed(s: DeskState, id: string, how: OfferEnd, takenBy: string): DeskState {
  if (s.offer?.id !== id || how === 'accepted') return s
  const rescinded = takenBy === '' ? 'citizen_left' : 'taken'
  const notice = how === 'timed_out' ? 'missed' : how === 'rescinded' ? rescinded : null
  return { ...s, offer: null, wanted: null, notice }
}

function recorded(s: DeskState, { call, until, why }: RecordingEvent): DeskState {
  if (s.offer?.call !== call) return s
  return { ...s, recordingOffUntil: until, notice: why === 'timeout' ? 'recording_on' : s.notice === 'recording_on' ? null : s.notice }
}

/** Opens the form of the call that has begun; another call's form was saved before. */
function withForm(s: DeskState): DeskState {
  const { offer } = s
  if (offer === null || s.form?.call === offer.call) return s
  const { call, ticket, group, field } = offer
  const caller = offer.caller_vi
  // A call that an agent made may be about anything: the form asks.
  return { ...s, form: { call, ticket, caller, group: group || 'procedure', field, citizen: '', place: {}, note: '', saving: false, problem: null } }
}

/** A field belongs to one group: choosing another group clears one that does not fit. */
function change(s: DeskState, form: Form, to: FormChange): Form {
  const next = { ...form, ...to, problem: null }
  const field = s.fields.find((f) => f.key === next.field)
  return to.group !== undefined && field?.group !== to.group ? { ...next, field: '' } : next
}
