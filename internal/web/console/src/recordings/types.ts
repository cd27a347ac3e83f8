// The JSON of recordings, as internal/web/API.md describes it.
import type { Group, KeptRecording, Words } from '../api/types'

export interface Peaks {
  duration_ms: number
  /** Loudness in percent, of the citizen and of the agent; a message has the first only. */
  channels: number[][]
  markers: Marker[]
}

export interface Marker extends Words {
  at_ms: number
  kind: string
}

export interface RecordingRow extends KeptRecording {
  ticket: string
  caller: string
  caller_vi: string
  group: Group | ''
  queue: string
  agent: string
  agent_name: string
  outbound: boolean
}
