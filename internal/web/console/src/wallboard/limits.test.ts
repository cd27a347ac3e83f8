import { expect, test } from 'vitest'
import type { Live } from '../api/types'
import { above, alarmsOf, audible, below } from './limits'

const limits = {
  longest_wait_ms: { late: 15_000, bad: 60_000 },
  waiting: { late: 3, bad: 6 },
  lost_percent: { late: 5, bad: 10 },
  in_time: { late: 90, bad: 80 },
  seats_missing: { late: 1, bad: 2 },
  disk_free: { late: 15, bad: 5 },
  sound_every_ms: 20_000,
}

const live = (change: object = {}): Live =>
  ({
    limits,
    queues: [{ queue: 'field', waiting: 0, today: { entered: 20, answered: 20, abandoned: 0, within: [] } }],
    today: { abandoned_waiting: 0, within: [{ ms: 15_000, answered: 19, of: 20, percent: 95 }] },
    shift: { seats: 6, present: 6 },
    system: [{ name: 'asterisk', well: true }, { name: 'disk', well: true, free_percent: 50 }],
    ...change,
  }) as unknown as Live

test.each([[14_999, 'good'], [15_000, 'late'], [60_000, 'bad']] as const)('a wait of %s ms is %s', (wait, alarm) => expect(above(wait, limits.longest_wait_ms)).toBe(alarm))
test.each([[90, 'good'], [89.9, 'late'], [79, 'bad']] as const)('%s %% in time is %s', (percent, alarm) => expect(below(percent, limits.in_time)).toBe(alarm))
test('a limit of nought is none', () => {
  expect(above(1_000, { late: 0, bad: 0 })).toBe('good')
  expect(below(0, { late: 0, bad: 0 })).toBe('good')
})

test('all is well', () => {
  const alarms = alarmsOf(live(), null)
  expect(alarms).toEqual({ wait: 'good', waiting: { field: 'good' }, lost: 'good', inTime: 'good', seats: 'good', system: 'good' })
  expect(audible(alarms)).toBe(false)
})

test('each figure has its own alarm', () => {
  expect(alarmsOf(live(), 60_000).wait).toBe('bad')
  expect(alarmsOf(live({ queues: [{ queue: 'field', waiting: 6, today: { entered: 20 } }] }), null).waiting).toEqual({ field: 'bad' })
  expect(alarmsOf(live({ today: { abandoned_waiting: 1, within: [] } }), null).lost).toBe('late')
  expect(alarmsOf(live({ today: { abandoned_waiting: 0, within: [{ ms: 15_000, of: 10, percent: 70 }] } }), null).inTime).toBe('bad')
  expect(alarmsOf(live({ shift: { seats: 6, present: 5 } }), null).seats).toBe('late')
  expect(alarmsOf(live({ system: [{ name: 'redis', well: false }] }), null).system).toBe('bad')
  expect(alarmsOf(live({ system: [{ name: 'disk', well: true, free_percent: 4 }] }), null).system).toBe('bad')
})

test('a day that is lost already makes no noise', () => {
  expect(audible(alarmsOf(live({ today: { abandoned_waiting: 20, within: [{ ms: 15_000, of: 10, percent: 0 }] } }), null))).toBe(false)
  expect(audible(alarmsOf(live(), 60_000))).toBe(true)
})
