// The JSON of supervisors' verbs, as /api/docs describes it.
import type { Credential } from './types'

/** A supervisor's softphone. */
export interface EarState {
  doing: 'idle' | 'ringing' | 'listening' | 'whispering' | 'signed_out'
  since: string
  agent: string
  agent_name: string
  call: string
  ended: '' | 'stopped' | 'barged' | 'agent_left' | 'phone_gone' | 'failed' | 'restarted'
}

export interface SignedEar extends EarState {
  sip: Credential
}

/** A call in line. */
export interface Waiter {
  call: string
  queue: string
  emergency: boolean
  arrived_at: string
  callback: boolean
  agent: string
}

export interface SentMessage {
  id: string
  at: string
  by: string
  by_name: string
  text: string
  to: { agent: string; name: string; read_at: string | null }[]
}

/** A message as a desk has it. */
export interface DeskMessage {
  id: string
  at: string
  by: string
  by_name: string
  text: string
}

export interface RecordingEvent {
  call: string
  on: boolean
  until: string | null
  why: '' | 'asked' | 'timeout'
}
