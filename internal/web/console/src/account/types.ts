// The JSON of signing in, of people and of the audit log, as /api/docs has it.
import type { Staff, Words } from '../api/types'

export type Role = 'agent' | 'shift_lead' | 'supervisor' | 'admin' | 'auditor' | 'agency_officer' | 'editor'

export type Permission =
  | 'own_session' | 'own_account' | 'work_desk' | 'see_live' | 'read_calls' | 'listen' | 'search_recordings' | 'own_shifts'
  | 'lead_shift' | 'put_notice' | 'supervise' | 'edit_roster' | 'edit_prompts' | 'edit_config' | 'edit_ladders' | 'read_audit' | 'manage_staff' | 'read_articles' | 'write_articles'

export interface Session {
  user: Staff
  may: Permission[]
  /** What has to be done before anything else. */
  must: ('password' | 'totp')[]
  way: 'password' | 'sso'
  totp: boolean
  locked: boolean
  /** How long the console may be idle; 0 is for ever. */
  lock_after_ms: number
}

export interface Ways {
  sso: Words | null
}

export interface Enrolment {
  secret: string
  url: string
  /** A QR code as a data: URL. */
  image: string
}

export interface Member {
  id: string
  name: string
  role: Role
  sso: string
  active: boolean
  totp: boolean
  /** Has not changed yet the password that somebody else made. */
  temporary: boolean
  seen: string | null
}

export interface AuditEntry {
  id: string
  at: string
  who: string
  name: string
  role: Role | ''
  act: string
  on: string
  result: 'done' | 'refused' | 'failed'
  address: string
  node: string
  detail: Record<string, string>
}
