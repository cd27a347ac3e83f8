import { describe, expect, test } from 'vitest'
import { date, dateTime, duration, phone, timeOfDay } from './format'

describe('times are Vietnamese, wherever the browser stands', () => {
  test('the day turns at 17:00 UTC', () => {
    expect(dateTime('2026-11-23T16:59:59Z')).toBe('23/11/2026 23:59')
    expect(dateTime('2026-11-23T17:00:00Z')).toBe('24/11/2026 00:00')
    expect(date('2026-11-23T17:00:00Z')).toBe('24/11/2026')
    expect(timeOfDay('2026-11-23T17:00:07Z')).toBe('00:00:07')
  })
})

test.each([
  [-5, '00:00'],
  [0, '00:00'],
  [59_999, '00:59'],
  [61_000, '01:01'],
  [3_600_000, '1:00:00'],
  [3_599_999, '59:59'],
])('%i ms is %s', (ms, text) => expect(duration(ms)).toBe(text))

test.each([
  ['+84912345678', '0912 345 678'],
  ['+842743822123', '0274 3 822 123'],
  ['+842838291234', '028 3829 1234'],
  ['+442079460000', '+442079460000'],
  ['+8410', '+8410'],
  ['', ''],
])('%s is written %s', (number, text) => expect(phone(number)).toBe(text))
