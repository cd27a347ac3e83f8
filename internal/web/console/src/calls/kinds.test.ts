import { expect, test } from 'vitest'
import { callsHref, callsQuery, kindOf, kinds } from './kinds'

test('an address tells what the list is narrowed to', () => {
  expect(callsHref({})).toBe('/calls')
  expect(callsHref({ kind: 'in_time', queue: 'field', from: '2026-11-24', to: '2026-11-24', within: 20 })).toBe('/calls?of=in_time&queue=field&from=2026-11-24&to=2026-11-24&within=20')
})

test('days are those of Việt Nam, the last included', () => {
  expect(callsQuery({ kind: 'in_time', from: '2026-11-24', to: '2026-11-24', within: 20 })).toBe(
    '?direction=inbound&line=in_time&since=2026-11-23T17%3A00%3A00.000Z&until=2026-11-24T17%3A00%3A00.000Z&within=20s',
  )
  expect(callsQuery({})).toBe('')
  expect(callsQuery({ agent: 'lan' })).toBe('?agent=lan')
})

test('an address that is none shows all', () => {
  expect(kindOf('nonsense')).toBe('all')
  expect(kinds.map(kindOf)).toEqual(kinds)
})
