import { beforeEach, expect, test, vi } from 'vitest'
import { keepDraft, keptDraft } from './draft'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})

test('a draft is its writer’s, of its document, until it is saved', () => {
  keepDraft('lan', 'ivr', { text: 'a', base: 'b' })
  expect(keptDraft('lan', 'ivr')).toEqual({ text: 'a', base: 'b' })
  expect(keptDraft('minh', 'ivr')).toBeNull()
  expect(keptDraft('lan', 'queues')).toBeNull()
  keepDraft('lan', 'ivr', null)
  expect(keptDraft('lan', 'ivr')).toBeNull()
})

test('what is no draft is none', () => {
  for (const kept of ['', 'nonsense', '{}', '{"text":1,"base":"b"}', '[]', 'null']) {
    sessionStorage.setItem('hotline-document:lan:ivr', kept)
    expect(keptDraft('lan', 'ivr')).toBeNull()
  }
})
