import { expect, test } from 'vitest'
import { pictureOf, waysOf, wordsOfPrompts, type Flow, type FlowNode } from './flow'

const node = (name: string, more: Partial<FlowNode> = {}): FlowNode => ({
  name,
  label: name,
  kind: 'queue',
  emergency: false,
  say: [],
  again: [],
  wait_ms: 0,
  tries: 0,
  keys: [],
  otherwise: '',
  human: '',
  queue: '',
  group: '',
  field: '',
  service: '',
  ...more,
})
const key = (k: string, go: string) => ({ key: k, go, language: '' })
const main = node('main', { kind: 'menu', human: 'operator', keys: [key('1', 'group'), key('0', 'operator'), key('*', ''), key('9', 'main')] })
const group = node('group', { kind: 'menu', human: 'other', keys: [key('1', 'a'), key('3', 'b'), key('0', 'operator')] })
const emergency = node('emergency', { kind: 'menu', emergency: true, keys: [key('1', 'police')], otherwise: 'agent' })
const flow: Flow = {
  file: 'ivr.yaml',
  languages: ['vi'],
  start: 'main',
  human: 'operator',
  steps: 20,
  emergency: { key: '2', go: 'emergency' },
  notices: { invalid: [], silent: [], human: [], recording: [] },
  nodes: [main, group, node('a'), node('b'), node('operator'), emergency, node('police', { emergency: true }), node('agent', { emergency: true }), node('other')],
  texts: { vi: { greet: { text: 'Xin chào.', language: 'vi' } } },
}

test('the emergency key is live in every menu that is not behind it', () => {
  expect(waysOf(flow, main).map((w) => [w.keys.join(''), w.to, w.how])).toEqual([
    ['1', 'group', 'key'],
    ['2', 'emergency', 'key'],
    ['9*', 'main', 'key'],
    ['0', 'operator', 'key'],
    ['', 'operator', 'human'],
  ])
  expect(waysOf(flow, emergency).map((w) => w.to)).toEqual(['police', 'agent'])
  expect(waysOf(flow, node('a'))).toEqual([])
})

test('each node is drawn once, and menus stand in the middle of what hangs below them', () => {
  const picture = pictureOf(flow)
  const at = Object.fromEntries(picture.placed.map((p) => [p.node.name, [p.column, p.row]]))
  expect(picture.placed).toHaveLength(flow.nodes.length)
  expect(at).toEqual({ main: [0, 3], group: [1, 1], a: [2, 0], b: [2, 1], other: [2, 2], emergency: [1, 3.5], police: [2, 3], agent: [2, 4], operator: [1, 5] })
  expect([picture.columns, picture.rows]).toEqual([3, 6])
})

test('a way to what hangs elsewhere is a jump, but for the emergency key, which leads there from everywhere', () => {
  expect(pictureOf(flow).jumps.map((w) => [w.from, w.to, w.keys])).toEqual([['group', 'operator', ['0']]])
})

test('a prompt without words is named', () => {
  expect(wordsOfPrompts(flow, 'vi', ['greet', 'bye'])).toEqual([
    { key: 'greet', text: 'Xin chào.' },
    { key: 'bye', text: 'bye' },
  ])
})
