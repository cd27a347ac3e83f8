// What a hand-over says about who is there, and what an agent can do about it.
import type { Attempt, Handover, HandoverService } from './types'

/** Who has answered and may be confirmed; nobody any more once somebody was. */
export function toConfirm(service: HandoverService): Attempt[] {
  return service.confirmed === null ? service.attempts.filter((a) => a.state === 'answered') : []
}

export interface Confirmation {
  service: string
  attempt: number
}

/** What the confirm key does: only where it cannot be mistaken. */
export function onlyToConfirm(handover: Handover): Confirmation | null {
  const all = handover.services.flatMap((s) => toConfirm(s).map((a) => ({ service: s.service, attempt: a.attempt })))
  return all.length === 1 ? (all[0] ?? null) : null
}

/** The command centres that are in the conference, by the name that people call them. */
export function centresHere(handover: Handover): string[] {
  return handover.services.flatMap((s) => s.attempts.filter((a) => a.state === 'answered').map((a) => a.name))
}

/** How long it took, or has taken until now, from the beginning on. */
export function lasted(service: HandoverService, until: string | null, now: number): number {
  return Math.max(0, (until === null ? now : Date.parse(until)) - Date.parse(service.began))
}

/** Those that are called or talk come first, and the last of them; what is over below. */
export function inOrder(attempts: readonly Attempt[]): Attempt[] {
  const rank = { answered: 0, ringing: 1, called: 2, gone: 3 } as const
  return [...attempts].sort((a, b) => rank[a.state] - rank[b.state] || b.attempt - a.attempt)
}

/** A number of Việt Nam as people write it, in E.164; null when it is none, and '' of nothing. */
export function e164(written: string): string | null {
  const number = written.replace(/[\s.\-()]/g, '')
  if (number === '') return ''
  if (/^0[1-9]\d{8,9}$/.test(number)) return `+84${number.slice(1)}`
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : null
}
