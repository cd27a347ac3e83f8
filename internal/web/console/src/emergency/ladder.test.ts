import { describe, expect, test } from 'vitest'
import { centresHere, e164, inOrder, lasted, onlyToConfirm, toConfirm } from './ladder'
import type { Attempt, AttemptState, Handover, HandoverService } from './types'

const attempt = (n: number, state: AttemptState): Attempt => ({
  attempt: n, name: `Nơi ${n}`, state, why: state === 'gone' ? 'busy' : '', began: '2026-11-25T10:00:00Z', since: '2026-11-25T10:00:05Z',
})

const service = (key: string, attempts: Attempt[], confirmed: string | null = null): HandoverService => ({
  service: key, area: '', began: '2026-11-25T10:00:00Z', answered: null, confirmed, confirmed_by: '', confirmed_attempt: 0, round: 1, attempts,
})

const handover = (...services: HandoverService[]): Handover => ({ call: 'n1-1.1', citizen: true, here: ['lan'], may_leave: false, supervisors_ring: false, services })

describe('who may be confirmed', () => {
  test('is who has answered and is still there', () => {
    expect(toConfirm(service('114', [attempt(1, 'gone'), attempt(2, 'answered'), attempt(3, 'ringing')])).map((a) => a.attempt)).toEqual([2])
  })

  test('is nobody after somebody was', () => {
    expect(toConfirm(service('114', [attempt(1, 'answered')], '2026-11-25T10:01:00Z'))).toEqual([])
  })

  test('the key confirms only what cannot be mistaken', () => {
    const fire = service('114', [attempt(1, 'answered')])
    const ambulance = service('115', [attempt(2, 'answered')])
    expect(onlyToConfirm(handover(service('114', [attempt(1, 'ringing')])))).toBeNull()
    expect(onlyToConfirm(handover(fire))).toEqual({ service: '114', attempt: 1 })
    expect(onlyToConfirm(handover(fire, ambulance))).toBeNull()
    expect(onlyToConfirm(handover(service('114', fire.attempts, '2026-11-25T10:01:00Z'), ambulance))).toEqual({ service: '115', attempt: 2 })
  })
})

test('the conference has every centre that answered, of all services', () => {
  expect(centresHere(handover(service('114', [attempt(1, 'answered'), attempt(2, 'gone')]), service('115', [attempt(3, 'answered')])))).toEqual(['Nơi 1', 'Nơi 3'])
})

test('a clock runs until what it waits for has come, and never below zero', () => {
  const now = Date.parse('2026-11-25T10:00:30Z')
  expect(lasted(service('114', []), null, now)).toBe(30_000)
  expect(lasted(service('114', []), '2026-11-25T10:00:07Z', now)).toBe(7_000)
  expect(lasted(service('114', []), null, now - 60_000)).toBe(0)
})

test('who talks comes first, and what is over last', () => {
  const all = [attempt(1, 'gone'), attempt(2, 'ringing'), attempt(3, 'called'), attempt(4, 'answered'), attempt(5, 'ringing')]
  expect(inOrder(all).map((a) => a.attempt)).toEqual([4, 5, 2, 3, 1])
})

test('numbers are told as E.164', () => {
  expect(e164('')).toBe('')
  expect(e164('0908 123 456')).toBe('+84908123456')
  expect(e164('(0274) 382-2123')).toBe('+842743822123')
  expect(e164('+4915112345678')).toBe('+4915112345678')
  expect(e164('12 Yersin')).toBeNull()
  expect(e164('114')).toBeNull()
})
