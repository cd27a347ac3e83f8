import { expect, test } from 'vitest'
import { blocks, heat, shiftRows, shortOf, weekOf, type HourNeed, type ShiftNeed } from './week'

const hours = Array.from({ length: 168 }, (_, i) => ({ day: Math.floor(i / 24), hour: i % 24, need: i % 24 }) as HourNeed)

test('the week begins on Monday and ends on Sunday', () => {
  const week = weekOf(hours)
  expect(week.map((d) => d.day)).toEqual([1, 2, 3, 4, 5, 6, 0])
  expect(week.every((d) => d.hours.length === 24 && d.hours[23]?.hour === 23)).toBe(true)
})

test('shifts stand in their own order, each with its days', () => {
  const shift = (day: number, key: string) => ({ day, shift: key, seats: 6, seats_needed: 6 + day }) as ShiftNeed
  const rows = shiftRows([shift(0, 'morning'), shift(0, 'night'), shift(1, 'morning'), shift(1, 'night')])
  expect(rows.map((r) => [r.shift.shift, r.days.map((s) => s.day)])).toEqual([
    ['morning', [1, 0]],
    ['night', [1, 0]],
  ])
  expect(shortOf(shift(2, 'night'))).toBe(2)
  expect(shortOf({ ...shift(0, 'night'), seats: 9 })).toBe(0)
})

test('heat is from the least to the most', () => {
  expect([2, 4, 6].map((n) => heat(n, [2, 4, 6]))).toEqual([0, 0.5, 1])
  expect(heat(2, [2, 2])).toBe(0)
})

test('capacity has one block for each handling time', () => {
  const row = (handling_ms: number, agents: number) => ({ handling_ms, agents, calls_per_hour: [1] })
  const made = blocks({ targets: [], rows: [row(240, 7), row(180, 6), row(240, 6)] })
  expect(made.map((b) => [b.handling, b.rows.map((r) => r.agents)])).toEqual([
    [180, [6]],
    [240, [6, 7]],
  ])
})
