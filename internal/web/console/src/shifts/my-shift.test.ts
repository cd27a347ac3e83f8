import { expect, test } from 'vitest'
import { myShift } from './my-shift'
import type { Plan, Sheets } from './types'

const shift = (key: string, from: string, to: string) => ({ key, vi: key, en: key, from, to, seats: 6, minimum: 3 })
const mine = (date: string, key: string, agent = 'lan') => ({ date, shift: key, agent, name: agent, forced: false })
const plan = {
  shifts: [shift('morning', '06:00', '14:00'), shift('night', '22:00', '06:00')],
  assignments: [mine('2026-11-28', 'night'), mine('2026-11-24', 'night'), mine('2026-11-26', 'morning'), mine('2026-11-27', 'morning', 'mai'), mine('2026-11-27', 'morning')],
} as Plan
const sheets = { running: { date: '2026-11-24', shift: 'night', incoming: [{ agent: 'mai', name: 'Mai' }] }, last: null } as unknown as Sheets

test('a night that began yesterday ends this morning, and somebody comes', () => {
  const got = myShift(plan, sheets, 'lan', Date.parse('2026-11-25T02:00:00+07:00'))
  expect(got.endsAt).toBe(Date.parse('2026-11-25T06:00:00+07:00'))
  expect(got.relief).toEqual([{ agent: 'mai', name: 'Mai' }])
  expect(got.next.map((a) => a.date)).toEqual(['2026-11-26', '2026-11-27', '2026-11-28'])
})

test('who is off has only what comes', () => {
  const got = myShift(plan, { ...sheets, running: { ...sheets.running, shift: 'morning' } }, 'lan', Date.parse('2026-11-25T15:00:00+07:00'))
  expect([got.endsAt, got.relief.length, got.next.length]).toEqual([null, 0, 3])
})
