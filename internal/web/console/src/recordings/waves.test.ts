import { expect, test } from 'vitest'
import { loudest } from './waves'

test.each([
  [0, 0.5, 20],
  [0.5, 1, 90],
  [0.99, 1.2, 90],
  [0.1, 0.11, 10],
] as const)('from %s to %s the loudest is %s', (from, to, most) => expect(loudest([10, 20, 5, 90], from, to)).toBe(most))

test('nothing is silent', () => expect(loudest([], 0, 1)).toBe(0))
