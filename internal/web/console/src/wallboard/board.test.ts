import { expect, test } from 'vitest'
import type { Live } from '../api/types'
import { ageOf, emptyBoard, longestWait, reduce } from './board'

const live = (waiting: number, longest: number): Live => ({ calls: { menu: 0, waiting, ringing: 0, talking: 0 }, longest_wait_ms: longest }) as Live

test('the longest wait ticks between updates', () => {
  const board = reduce(emptyBoard, { type: 'live', live: live(1, 4_000), now: 100 })
  expect(longestWait(board, 100)).toBe(4_000)
  expect(longestWait(board, 3_100)).toBe(7_000)
})

test('nobody waits, nothing ticks', () => {
  expect(longestWait(emptyBoard, 100)).toBeNull()
  expect(longestWait(reduce(emptyBoard, { type: 'live', live: live(0, 0), now: 0 }), 9_000)).toBeNull()
})

test('lost figures stand still and remember the first moment', () => {
  const board = reduce(emptyBoard, { type: 'live', live: live(1, 4_000), now: 100 })
  const lost = reduce(reduce(board, { type: 'lost', at: 5_000 }), { type: 'lost', at: 9_000 })
  expect(lost.lostSince).toBe(5_000)
  expect(ageOf(lost, 60_000)).toBe(0)
  expect(longestWait(lost, 60_000)).toBe(4_000)
  expect(reduce(lost, { type: 'live', live: live(0, 0), now: 7_000 }).lostSince).toBeNull()
})
