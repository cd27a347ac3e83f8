import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DraftKeeper, type Saved } from './draft'
import type { Form } from './state'

const form: Form = { call: 'c-1.1', ticket: '2632800017', caller: '0274', group: 'field', field: '', citizen: '', place: {}, note: '', saving: false, problem: null }

/** A server that answers when the test says so. */
class Server {
  readonly got: { seq: number; form: { note: string } }[] = []
  #answer: ((r: Response) => void)[] = []

  constructor() {
    vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
      this.got.push(JSON.parse(body) as Server['got'][number])
      return new Promise<Response>((done, fail) => this.#answer.push((r) => (r.status === 0 ? fail(new Error('no network')) : done(r))))
    })
  }

  async answer(status: number, body: unknown): Promise<void> {
    const response = { status, ok: status < 300, headers: new Headers(), json: () => Promise.resolve(body) } as unknown as Response
    this.#answer.shift()!(response)
    await vi.advanceTimersByTimeAsync(0)
  }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what is typed is saved once, a moment after the last key', async () => {
  const server = new Server()
  const told: Saved[] = []
  const keeper = new DraftKeeper((saved) => told.push(saved))
  keeper.changed({ ...form, note: 'N' })
  await vi.advanceTimersByTimeAsync(500)
  keeper.changed({ ...form, note: 'Nắp' })
  await vi.advanceTimersByTimeAsync(500)
  expect(server.got).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(300)
  expect(server.got.map((g) => g.form.note)).toEqual(['Nắp'])
  await server.answer(200, { saved_at: 'T1' })
  expect(told.at(-1)).toEqual({ state: 'saved', at: 'T1' })
})

test('one request at a time, each later than the one before', async () => {
  const server = new Server()
  const keeper = new DraftKeeper(() => {})
  keeper.changed({ ...form, note: 'a' })
  await vi.advanceTimersByTimeAsync(1_000)
  keeper.changed({ ...form, note: 'ab' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server.got).toHaveLength(1)
  await server.answer(200, { saved_at: 'T1' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.got.map((g) => g.form.note)).toEqual(['a', 'ab'])
  expect(server.got[1]!.seq).toBeGreaterThan(server.got[0]!.seq)
})

test('while the network stutters it says what is stale, and goes on trying', async () => {
  const server = new Server()
  const told: Saved[] = []
  const keeper = new DraftKeeper((saved) => told.push(saved))
  keeper.changed({ ...form, note: 'a' })
  await vi.advanceTimersByTimeAsync(1_000)
  await server.answer(200, { saved_at: 'T1' })
  keeper.changed({ ...form, note: 'ab' })
  await vi.advanceTimersByTimeAsync(1_000)
  await server.answer(0, null)
  expect(told.at(-1)).toEqual({ state: 'stale', at: 'T1' })
  await vi.advanceTimersByTimeAsync(3_100)
  await server.answer(503, { error: { code: 'not_ready', vi: '', en: '' } })
  expect(told.at(-1)).toEqual({ state: 'stale', at: 'T1' })
  await vi.advanceTimersByTimeAsync(3_100)
  await server.answer(200, { saved_at: 'T2' })
  expect(told.at(-1)).toEqual({ state: 'saved', at: 'T2' })
  expect(server.got).toHaveLength(4)
})

test('an answer that does not come is told', async () => {
  new Server()
  const told: Saved[] = []
  const keeper = new DraftKeeper((saved) => told.push(saved))
  keeper.changed({ ...form, note: 'a' })
  await vi.advanceTimersByTimeAsync(6_000)
  expect(told.at(-1)).toEqual({ state: 'stale', at: null })
})

test('a form that is settled is not saved any more, whatever comes late', async () => {
  const server = new Server()
  const told: Saved[] = []
  const keeper = new DraftKeeper((saved) => told.push(saved))
  keeper.changed({ ...form, note: 'a' })
  await vi.advanceTimersByTimeAsync(1_000)
  keeper.changed({ ...form, note: 'ab' })
  keeper.settle()
  await server.answer(200, { saved_at: 'T1' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.got).toHaveLength(1)
  expect(told.at(-1)).toEqual({ state: 'none' })
})
