import { describe, expect, test } from 'vitest'
import { addDays, dayMonth, daysBetween, hours, monday, readDate, spanOf, weekday, weekdayName, writeDate } from './dates'

describe('dates are written as people do', () => {
  test.each([
    ['25/11/2026', '2026-11-25'],
    [' 5/3/2026 ', '2026-03-05'],
    ['5-3-26', '2026-03-05'],
    ['25.11.2026', '2026-11-25'],
    ['31/02/2026', ''],
    ['29/02/2028', '2028-02-29'],
    ['00/11/2026', ''],
    ['11/25/2026', ''],
    ['2026-11-25', ''],
    ['', ''],
  ])('%s is %s', (text, iso) => expect(readDate(text)).toBe(iso))

  test('and back', () => {
    expect(writeDate('2026-11-05')).toBe('05/11/2026')
    expect(dayMonth('2026-11-05')).toBe('05/11')
  })
})

test('weeks begin on Monday', () => {
  expect(monday('2026-11-25')).toBe('2026-11-23')
  expect(monday('2026-11-23')).toBe('2026-11-23')
  expect(monday('2026-11-29')).toBe('2026-11-23')
  expect(weekdayName(weekday('2026-11-25'), 'vi')).toBe('Thứ tư')
})

test('days are counted over months', () => {
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
  expect(daysBetween('2026-11-25', '2026-12-02')).toBe(7)
})

test('a night ends on the next day, and a day of 24 hours on its own', () => {
  expect(spanOf('2026-11-25', { from: '22:00', to: '06:00' })).toEqual({
    from: Date.parse('2026-11-25T15:00:00Z'),
    to: Date.parse('2026-11-25T23:00:00Z'),
  })
  expect(spanOf('2026-11-25', { from: '00:00', to: '24:00' }).to).toBe(Date.parse('2026-11-25T17:00:00Z'))
})

test('hours have a half where there is one', () => {
  expect(hours(8 * 3_600_000, 'vi')).toBe('8')
  expect(hours(7.5 * 3_600_000, 'vi')).toBe('7,5')
  expect(hours(7.5 * 3_600_000, 'en')).toBe('7.5')
})
