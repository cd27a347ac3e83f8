import { expect, test } from 'vitest'
import { peak } from './ear'

test('a peak between two places is found by its neighbours', () => {
  expect(peak([0, 1, 4, 4, 1, 0])).toBeCloseTo(2.5)
  expect(peak([0, 1, 5, 1, 0])).toBe(2)
})

test('a peak at the edge, and silence, stay where they are', () => {
  expect(peak([7, 1, 0])).toBe(0)
  expect(peak([-Infinity, -Infinity, -Infinity])).toBe(0)
})
