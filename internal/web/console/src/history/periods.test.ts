import { expect, test } from 'vitest'
import { filled, lastDay, mean, service, shortDate, top, type Period } from './periods'

const period = (date: string, more: Partial<Period> = {}): Period => ({
  date, arrived: 0, entered: 0, answered: 0, abandoned: 0, in_time: 0, judged: 0, waited_ms: 0, talked_ms: 0, offered: 0, missed: 0, refused: 0, ...more,
})

test('days without a call are there all the same', () => {
  const days = filled([period('2026-11-24', { arrived: 3 })], '2026-11-23', '2026-11-25', 'day')
  expect(days.map((d) => [d.date, d.arrived])).toEqual([['2026-11-23', 0], ['2026-11-24', 3], ['2026-11-25', 0]])
})

test('weeks begin on Monday', () => {
  expect(filled([], '2026-11-25', '2026-12-01', 'week').map((w) => w.date)).toEqual(['2026-11-23', '2026-11-30'])
  expect(lastDay('2026-11-23', 'week')).toBe('2026-11-29')
  expect(lastDay('2026-11-23', 'day')).toBe('2026-11-23')
})

test('nothing has no mean', () => {
  expect(service(period('2026-11-24'))).toBeNull()
  expect(mean(0, period('2026-11-24'))).toBeNull()
  expect(service(period('2026-11-24', { judged: 3, in_time: 2 }))).toBe(66.7)
  expect(mean(90_000, period('2026-11-24', { answered: 2 }))).toBe(45_000)
})

test.each([[0, 1], [1, 1], [3, 5], [17, 20], [99, 100], [101, 200]] as const)('an axis for %s ends at %s', (most, end) => expect(top([most])).toBe(end))

test('a date is short', () => expect(shortDate('2026-11-04')).toBe('04/11'))
