import { expect, test } from 'vitest'
import { msUntilLock } from './lock'

test('the console locks so long after the last touch, and not later', () => {
  expect(msUntilLock(1_000, 1_000, 900_000)).toBe(900_000)
  expect(msUntilLock(1_000, 601_000, 900_000)).toBe(300_000)
  expect(msUntilLock(1_000, 901_000, 900_000)).toBe(0)
  expect(msUntilLock(1_000, 9_000_000, 900_000)).toBe(0)
})

test('a clock that was set back does not keep it open', () => {
  expect(msUntilLock(10_000_000, 1_000, 900_000)).toBe(900_000)
})
