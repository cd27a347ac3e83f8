import { expect, test } from 'vitest'
import { loudest } from './plan'
import { stepsOf } from './rights'
import type { Alarm, Swap } from './types'

const swap = (state: Swap['state']): Swap => ({ state, from: 'lan', to: 'mai' }) as Swap
const lan = { id: 'lan', role: 'agent' } as const
const mai = { id: 'mai', role: 'agent' } as const
const boss = { id: 'thu', role: 'supervisor' } as const

test.each([
  ['proposed', lan, ['withdraw']],
  ['proposed', mai, ['accept', 'decline']],
  ['proposed', boss, []],
  ['accepted', lan, ['withdraw']],
  ['accepted', mai, []],
  ['accepted', boss, ['approve', 'reject']],
  ['accepted', { id: 'mai', role: 'supervisor' }, []],
  ['approved', boss, []],
  ['declined', lan, []],
] as const)('a swap that is %s, for %o', (state, who, steps) => expect(stepsOf(swap(state), who)).toEqual(steps))

test('a shift below its minimum is told once', () => {
  const alarm = (kind: Alarm['kind'], shift: string) => ({ kind, shift, date: '2026-11-25' }) as Alarm
  const all = [alarm('below_minimum', 'noon'), alarm('seat_empty', 'noon'), alarm('seat_empty', 'night')]
  expect(loudest(all).map((a) => [a.kind, a.shift])).toEqual([
    ['below_minimum', 'noon'],
    ['seat_empty', 'night'],
  ])
})
