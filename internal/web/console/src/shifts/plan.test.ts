import { expect, test } from 'vitest'
import { gridOf, runningFirst, seatsOn, slotKey, slotOfKey, troublesOf } from './plan'
import type { Assignment, Plan, Problem } from './types'

const morning = { key: 'morning', vi: 'Ca sáng', en: 'Morning', from: '06:00', to: '14:00', seats: 2, minimum: 1 }
const night = { key: 'night', vi: 'Ca đêm', en: 'Night', from: '22:00', to: '06:00', seats: 1, minimum: 1 }
const lan = (date: string, shift: string): Assignment => ({ date, shift, agent: 'lan', name: 'Lan', forced: false })
const tired: Problem = { date: '2026-11-26', shift: 'morning', agent: 'lan', name: 'Lan', kind: 'too_little_rest', other: null, vi: 'Lan nghỉ ít.', en: 'Lan rests too little.' }
const plan: Plan = {
  from: '2026-11-25',
  days: 2,
  planned_until: '2026-12-08',
  needed: 21,
  staff: 21,
  shifts: [morning, night],
  holidays: [{ date: '2026-11-26', vi: 'Lễ', en: 'Holiday', seats: { morning: 3 } }],
  assignments: [lan('2026-11-25', 'night'), lan('2026-11-26', 'morning')],
  gaps: [
    { date: '2026-11-26', shift: 'morning', seats: 3, missing: 2, free: 0, vi: 'thiếu 2', en: '2 missing' },
    { date: '2026-11-25', shift: 'morning', seats: 2, missing: 2, free: 0, vi: 'thiếu 2', en: '2 missing' },
  ],
  problems: [tired],
  people: [],
}
const noon = Date.parse('2026-11-25T12:00:00+07:00')

test('the grid has a row for each shift and a cell for each day', () => {
  const [first, second] = gridOf(plan, noon, true)
  expect(first?.cells.map((c) => [c.date, c.seats, c.people.length, c.missing, c.running])).toEqual([
    ['2026-11-25', 2, 0, 2, true],
    ['2026-11-26', 3, 1, 2, false],
  ])
  expect(second?.cells.map((c) => c.missing)).toEqual([0, 1])
  expect(first?.cells[1]?.people[0]?.problems).toEqual([tired])
  expect(second?.cells[0]?.people[0]?.problems).toEqual([])
})

test('who sees their own shifts only is told of no empty seats', () => {
  expect(gridOf(plan, noon, false).flatMap((r) => r.cells.map((c) => c.missing))).toEqual([0, 0, 0, 0])
})

test('a shift is over when it has ended, a night on the next morning', () => {
  const later = Date.parse('2026-11-26T05:59:59+07:00')
  expect(gridOf(plan, later, true).map((r) => r.cells.map((c) => c.over))).toEqual([
    [true, false],
    [false, false],
  ])
})

test('holidays have seats of their own', () => {
  expect(seatsOn(plan, '2026-11-26', morning)).toBe(3)
  expect(seatsOn(plan, '2026-11-26', night)).toBe(1)
})

test('troubles stand in the order of the days, those of the past do not', () => {
  expect(troublesOf(plan, noon).map((x) => [x.slot.date, x.name])).toEqual([
    ['2026-11-25', ''],
    ['2026-11-26', ''],
    ['2026-11-26', 'Lan'],
  ])
  expect(troublesOf(plan, Date.parse('2026-11-25T14:00:00+07:00'))).toHaveLength(2)
})

test('a slot is found by its key', () => expect(slotOfKey(slotKey(tired))).toEqual({ date: '2026-11-26', shift: 'morning' }))

test('the shift that runs stands first', () => {
  const shift = (from: string, to: string) => ({ from: `2026-11-25T${from}:00Z`, to: `2026-11-25T${to}:00Z` })
  const [a, b, c] = [shift('00:00', '08:00'), shift('08:00', '16:00'), shift('16:00', '23:00')] as const
  expect(runningFirst([a, b, c], Date.parse('2026-11-25T08:00:00Z'))).toEqual([b, a, c])
})
