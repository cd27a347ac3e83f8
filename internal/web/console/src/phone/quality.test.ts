import { expect, test } from 'vitest'
import { qualityOf, type Counted } from './quality'

const zero: Counted = { received: 0, lost: 0, jitter: 0, roundTrip: null }

test('a quality is what came between two looks', () => {
  expect(qualityOf(zero, { received: 100, lost: 0, jitter: 0.005, roundTrip: 0.02 })).toBe('good')
  expect(qualityOf(zero, { received: 97, lost: 3, jitter: 0, roundTrip: null })).toBe('fair')
  expect(qualityOf(zero, { received: 90, lost: 10, jitter: 0, roundTrip: null })).toBe('poor')
  expect(qualityOf(zero, { received: 100, lost: 0, jitter: 0.05, roundTrip: null })).toBe('fair')
  expect(qualityOf(zero, { received: 100, lost: 0, jitter: 0, roundTrip: 1 })).toBe('poor')
  const bad: Counted = { received: 90, lost: 10, jitter: 0, roundTrip: null }
  expect(qualityOf(bad, { ...bad, received: 190 })).toBe('good') // what was lost before is over
})

test('nothing that came is no quality, and a count that went back is no loss', () => {
  expect(qualityOf(zero, zero)).toBeNull()
  expect(qualityOf({ ...zero, lost: 5 }, { received: 50, lost: 0, jitter: 0, roundTrip: null })).toBe('good')
})
