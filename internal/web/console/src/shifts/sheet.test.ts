import { expect, test } from 'vitest'
import { firstSheet, rightsOn } from './rights'
import type { Sheet, Sheets } from './types'

const who = (agent: string) => ({ agent, name: agent })
const sheet = (state: Sheet['state'], more: Partial<Sheet> = {}): Sheet =>
  ({ state, outgoing: [who('lan')], incoming: [who('mai')], staying: [], reads: [], unread: [who('mai')], ...more }) as unknown as Sheet
const agent = (id: string) => ({ id, role: 'agent' }) as const

test('who goes writes until it is signed, who comes takes it then', () => {
  expect(rightsOn(sheet('open'), agent('lan'))).toEqual({ write: true, take: false })
  expect(rightsOn(sheet('open'), agent('mai'))).toEqual({ write: false, take: false })
  expect(rightsOn(sheet('written'), agent('lan'))).toEqual({ write: false, take: false })
  expect(rightsOn(sheet('written'), agent('mai'))).toEqual({ write: false, take: true })
  expect(rightsOn(sheet('written', { reads: [{ ...who('mai'), at: '' }] }), agent('mai')).take).toBe(false)
  expect(rightsOn(sheet('open'), { id: 'thu', role: 'supervisor' }).write).toBe(true)
})

test('who has yet to read the last sheet sees it first', () => {
  const sheets = { running: sheet('open'), last: sheet('written') } as Sheets
  expect(firstSheet(sheets, 'mai')).toBe('last')
  expect(firstSheet(sheets, 'lan')).toBe('running')
  expect(firstSheet({ ...sheets, last: null }, 'mai')).toBe('running')
})
