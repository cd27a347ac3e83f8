// The flow of the API (/api/docs, Menus and prompts) as a tree to be drawn.

export interface Spoken {
  text: string
  language: string
}

export interface FlowKey {
  key: string
  /** A node, or "" to hear the menu again. */
  go: string
  language: string
}

export interface FlowNode {
  name: string
  label: string
  kind: 'menu' | 'queue' | 'goodbye'
  /** Lies behind the emergency key. */
  emergency: boolean
  say: string[]
  again: string[]
  wait_ms: number
  tries: number
  keys: FlowKey[]
  otherwise: string
  human: string
  queue: string
  group: string
  field: string
  service: string
}

export interface Flow {
  file: string
  languages: string[]
  start: string
  human: string
  steps: number
  emergency: { key: string; go: string }
  notices: { invalid: string[]; silent: string[]; human: string[]; recording: string[] }
  nodes: FlowNode[]
  texts: Record<string, Record<string, Spoken>>
}

/** One step of a walk. */
export interface Step {
  pressed: string
  node: string
  say: string[]
  language: string
  wait_ms: number
  accepted: boolean
  done: '' | 'queue' | 'goodbye'
}

/** A way from one node to another: the keys that lead there, or none for those who press nothing fitting. */
export interface Way {
  from: string
  to: string
  keys: string[]
  how: 'key' | 'otherwise' | 'human'
}

/** Every way out of a node, in the order of the keys, one for each goal. */
export function waysOf(flow: Flow, node: FlowNode): Way[] {
  if (node.kind !== 'menu') return []
  const ways: Way[] = []
  const add = (to: string, key: string, how: Way['how']) => {
    const known = ways.find((way) => way.to === to && way.how === how)
    if (known !== undefined) known.keys.push(key)
    else ways.push({ from: node.name, to, keys: key === '' ? [] : [key], how })
  }
  const own = node.keys.map((k) => ({ key: k.key, go: k.go === '' ? node.name : k.go }))
  const live = !node.emergency && !node.keys.some((k) => k.key === flow.emergency.key)
  const all = live ? [...own, flow.emergency] : own
  for (const { key, go } of all.sort((a, b) => order(a.key) - order(b.key))) add(go, key, 'key')
  if (node.otherwise !== '') add(node.otherwise, '', 'otherwise')
  else if (node.human !== '') add(node.human, '', 'human')
  return ways
}

// As on a telephone: 1 to 9, then star, nought and hash.
function order(key: string): number {
  return '123456789*0#'.indexOf(key)
}

export interface Placed {
  node: FlowNode
  /** Column and row; rows of menus lie in the middle of what hangs below them. */
  column: number
  row: number
}

export interface Picture {
  placed: Placed[]
  /** Ways along which the tree grows. */
  branches: Way[]
  /** Ways by key to what is drawn elsewhere. */
  jumps: Way[]
  columns: number
  rows: number
}

/** Draws each node once, where keys lead to it first. */
export function pictureOf(flow: Flow): Picture {
  const nodes = new Map(flow.nodes.map((n) => [n.name, n]))
  const branches: Way[] = []
  const jumps: Way[] = []
  const column = new Map<string, number>([[flow.start, 0]])
  const below = new Map<string, string[]>()

  // By breadth, so that what several menus lead to hangs as near to the start as it may.
  const grow = (queue: string[], by: readonly Way['how'][]) => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const node = nodes.get(name)
      if (node === undefined) continue
      for (const way of waysOf(flow, node)) {
        if (!by.includes(way.how) || way.to === name || !nodes.has(way.to)) continue
        if (column.has(way.to)) {
          if (way.how === 'key' && way.to !== flow.emergency.go && !branches.some((b) => b.from === name && b.to === way.to)) jumps.push(way)
          continue
        }
        column.set(way.to, (column.get(name) ?? 0) + 1)
        branches.push(way)
        below.set(name, [...(below.get(name) ?? []), way.to])
        queue.push(way.to)
      }
    }
  }
  grow([flow.start], ['key', 'otherwise'])
  // Nodes that only those reach who choose nothing hang where they are reached from.
  for (const node of flow.nodes) {
    if (column.has(node.name)) continue
    const way = flow.nodes.flatMap((n) => (column.has(n.name) ? waysOf(flow, n) : [])).find((w) => w.to === node.name)
    column.set(node.name, way === undefined ? 0 : (column.get(way.from) ?? 0) + 1)
    if (way !== undefined) {
      branches.push(way)
      below.set(way.from, [...(below.get(way.from) ?? []), node.name])
    }
  }

  const placed: Placed[] = []
  let rows = 0
  const place = (name: string): number => {
    const node = nodes.get(name)
    if (node === undefined) return 0
    const children = (below.get(name) ?? []).map(place)
    const first = children[0]
    const last = children.at(-1)
    const row = first === undefined || last === undefined ? rows++ : (first + last) / 2
    placed.push({ node, column: column.get(name) ?? 0, row })
    return row
  }
  place(flow.start)
  for (const node of flow.nodes) if (!placed.some((p) => p.node.name === node.name)) place(node.name)
  return { placed, branches, jumps, columns: Math.max(...placed.map((p) => p.column)) + 1, rows }
}

/** The words of prompts in a language, each in the language that it is spoken in. */
export function wordsOfPrompts(flow: Flow, language: string, keys: readonly string[]): { key: string; text: string }[] {
  return keys.map((key) => ({ key, text: flow.texts[language]?.[key]?.text ?? key }))
}
