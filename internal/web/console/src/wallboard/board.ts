// What the wallboard knows, and how old that is. Figures that are not fresh are never
// shown as if they were.
import type { Live } from '../api/types'

/** The server sends at least once in 5 s; after this silence the figures are old. */
export const silenceMs = 6_000

export interface Board {
  live: Live | null
  /** When the figures came, by the browser's own clock that never jumps, in ms. */
  heardAt: number
  /** When the first silence began, as wall-clock time, or null while all is well. */
  lostSince: number | null
}

export const emptyBoard: Board = { live: null, heardAt: 0, lostSince: null }

export type BoardAction = { type: 'live'; live: Live; now: number } | { type: 'lost'; at: number }

export function reduce(board: Board, action: BoardAction): Board {
  switch (action.type) {
    case 'live':
      return { live: action.live, heardAt: action.now, lostSince: null }
    case 'lost':
      return board.lostSince === null ? { ...board, lostSince: action.at } : board
  }
}

/** Milliseconds since the figures were true; zero when they are lost, which stops every counter. */
export function ageOf(board: Board, now: number): number {
  return board.lostSince === null ? Math.max(0, now - board.heardAt) : 0
}

/** The longest wait now: it grows between two updates as long as somebody waits. */
export function longestWait(board: Board, now: number): number | null {
  if (board.live === null || board.live.calls.waiting + board.live.calls.ringing === 0) return null
  return board.live.longest_wait_ms + ageOf(board, now)
}
