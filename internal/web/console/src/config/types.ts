// The JSON of the configuration's documents (/api/docs, Configuration).
import type { Flow, Step } from '../ivr/flow'
import type { Words } from '../api/types'

export interface Doc extends Words {
  name: string
  file: string
  /** A change is in use at once; else with the next start. */
  now: boolean
  /** Lives depend on it: its name is typed to confirm. */
  guarded: boolean
  may: boolean
}

export interface Version {
  number: number
  at: string
  /** "" when it was found on disk, changed by hand. */
  by: string
  by_name: string
  why: string
  sha256: string
}

export interface OpenDoc {
  document: Doc
  text: string
  base: string
  versions: Version[]
}

export interface Fault {
  file: string
  /** From 1; 0 when it has no place of its own. */
  line: number
  what: string
  do: string
}

export interface Checked {
  faults: Fault[]
  summary: string
  flow: Flow | null
  steps: Step[]
}

export interface Skill {
  name: string
  level: number
}

export interface Profile {
  agent: string
  name: string
  skills: Skill[]
  order: number
}

export interface QueueRow {
  queue: string
  group: string
  emergency: boolean
  priority_minutes: number
  position_every_ms: number
  skills: Skill[]
  wants: { trait: string; level: number; relax_after_ms: number; except: string[] }[]
  strategy: string
  ring_at: number
  wrap_up_limit_ms: number
  max_wait_ms: number
  overflow_unstaffed: boolean
  overflow: string
  agents: Profile[]
}

export interface QueueSettings {
  queues: QueueRow[]
  agents: Profile[]
  ring_time_ms: number
  wrap_up_limit_ms: number
  emergency_reserve: number
}
