import { describe, expect, test } from 'vitest'
import type { AgentState, Desk, DeskStateEvent, Kept, Offer } from '../api/types'
import { closedDesk, inCall, notReadyBecause, reduce, stageOf, type DeskAction, type DeskState } from './state'

const offer: Offer = {
  recorded: true,
  id: 'n1-1.1-o1',
  call: 'n1-1.1',
  caller: '+84274382212',
  caller_vi: '0274 3 822 12',
  group: 'field',
  field: 'traffic',
  service: '',
  language: 'vi',
  waited_ms: 4000,
  ticket: '2632800017',
  earlier: [],
  back: false,
}

const desk: Desk = {
  agent: 'lan',
  name: 'Lan',
  sip: { uri: 'sip:d@hotline', user: 'd', password: 'p', ws: '/sip/k' },
  state: 'paused',
  reason: 'signed_in',
  since: '2026-11-24T01:00:00Z',
  pause_reasons: [{ key: 'lunch', vi: 'Ăn trưa', en: 'Lunch' }],
  fields: [
    { key: 'traffic', group: 'field', vi: 'Giao thông', en: 'Traffic' },
    { key: 'delay', group: 'procedure', vi: 'Chậm trễ', en: 'Delay' },
  ],
  offer: null,
  kept: null,
  connected: true,
}

const kept: Kept = { ...offer, until: '2026-11-24T01:00:20Z' }

const state = (name: AgentState, call = '', onHold: Kept | null = null): DeskAction => ({
  type: 'state',
  state: { state: name, reason: '', since: '2026-11-24T01:00:00Z', wrap_up_until: null, call, kept: onHold } satisfies DeskStateEvent,
})
const run = (...actions: DeskAction[]): DeskState => actions.reduce(reduce, closedDesk)

const open: DeskAction[] = [
  { type: 'opened', desk, draft: null },
  { type: 'microphone', microphone: 'ready' },
  { type: 'light', light: 'registered' },
  state('available'),
]
const ringing: DeskAction[] = [...open, state('reserved', offer.call), { type: 'offer', offer }, state('ringing', offer.call), { type: 'phone_ringing', call: offer.call, caller: '0274382212' }]
const talking: DeskAction[] = [...ringing, { type: 'phone_answering' }, { type: 'phone_talking', at: 'T1' }, { type: 'connected', offer, since: 'T0' }, state('talking', offer.call)]

describe('a call from offer to saved form', () => {
  test('passes its stages', () => {
    expect(stageOf(run(...open))).toBe('idle')
    expect(stageOf(run(...ringing))).toBe('incoming')
    expect(stageOf(run(...ringing, { type: 'phone_answering' }))).toBe('answering')
    expect(stageOf(run(...talking))).toBe('talking')
    const after = run(...talking, { type: 'phone_ended' }, { type: 'ended', call: offer.call, why: 'citizen_hung_up' }, state('wrap_up', offer.call))
    expect(stageOf(after)).toBe('wrap_up')
    expect(after.offer).toBe(offer)
    const done = reduce(reduce(after, { type: 'form_saved', call: offer.call }), state('available'))
    expect(stageOf(done)).toBe('idle')
    expect([done.offer, done.form, done.talkingSince]).toEqual([null, null, null])
  })

  test('the form opens with the first word, filled with what the caller chose', () => {
    expect(run(...ringing).form).toBeNull()
    expect(run(...talking).form).toMatchObject({ call: offer.call, group: 'field', field: 'traffic', note: '' })
  })

  test('the server tells the exact time of the first word', () => expect(run(...talking).talkingSince).toBe('T0'))

  test('what was typed stays when the server repeats that the call is connected', () => {
    const s = run(...talking, { type: 'form', change: { note: 'đèn hỏng' } }, { type: 'connected', offer, since: 'T0' })
    expect(s.form?.note).toBe('đèn hỏng')
  })

  test('another group clears a field that does not belong to it', () => {
    expect(run(...talking, { type: 'form', change: { group: 'procedure' } }).form).toMatchObject({ group: 'procedure', field: '' })
    expect(run(...talking, { type: 'form', change: { group: 'field' } }).form).toMatchObject({ field: 'traffic' })
  })

  test('a form that ran out of time stays until it is saved', () => {
    const s = run(...talking, { type: 'phone_ended' }, state('wrap_up', offer.call), state('available'))
    expect(s.form?.call).toBe(offer.call)
    expect(stageOf(s)).toBe('idle')
  })
})

describe('an offer that comes to nothing', () => {
  test.each([
    ['timed_out', 'missed'],
    ['rescinded', 'citizen_left'],
    ['refused', null],
  ] as const)('%s', (how, notice) => {
    const s = run(...ringing, { type: 'offer_closed', id: offer.id, how, takenBy: '' }, { type: 'phone_ended' }, state('available'))
    expect([s.offer, s.notice, stageOf(s)]).toEqual([null, notice, 'idle'])
  })

  test('the end of an older offer changes nothing', () => {
    expect(run(...ringing, { type: 'offer_closed', id: 'n1-1.1-o0', how: 'timed_out', takenBy: '' }).offer).toBe(offer)
  })
})

test('a call that a colleague answered first', () => {
  const s = run(...ringing, { type: 'offer_closed', id: offer.id, how: 'rescinded', takenBy: 'hoa' }, { type: 'phone_ended' })
  expect([s.offer, s.notice]).toEqual([null, 'taken'])
})

describe('what is done in a conversation', () => {
  const talk = { call: offer.call, lead: true, held: true, held_since: '2026-11-24T03:00:00Z', reminded: 0, parties: [] }

  test('is shown while it goes on, and forgotten with it', () => {
    const held = run(...talking, { type: 'talk', talk })
    expect(held.talk).toEqual(talk)
    expect(reduce(held, { type: 'connected', offer, since: '2026-11-24T03:00:00Z' }).talk).toEqual(talk)
    expect(reduce(held, { type: 'ended', call: offer.call, why: 'transferred' }).talk).toBeNull()
  })

  test('of another call is not ours', () => {
    expect(run(...talking, { type: 'talk', talk: { ...talk, call: 'n1-9.9' } }).talk).toBeNull()
  })
})

describe('answer pressed before the telephone rings', () => {
  test('is remembered, and forgotten with the offer', () => {
    const early = run(...open, state('reserved', offer.call), { type: 'offer', offer }, { type: 'wanted', what: 'answer' })
    expect(stageOf(early)).toBe('answering')
    expect(reduce(early, { type: 'offer_closed', id: offer.id, how: 'rescinded', takenBy: '' }).wanted).toBeNull()
  })

  test('a refused call does not ring on until the server has heard', () => {
    expect(stageOf(run(...ringing, { type: 'wanted', what: 'refuse' }, { type: 'phone_ended' }))).toBe('idle')
  })
})

describe('a restart of the server during a conversation', () => {
  test('changes nothing of the call', () => {
    const s = run(...talking, { type: 'feed', feed: 'lost' }, { type: 'light', light: 'lost' }, state('paused'), state('offline'))
    expect(stageOf(s)).toBe('talking')
    expect(inCall(s)).toBe(true)
    expect(s.offer).toBe(offer)
    expect(s.form?.call).toBe(offer.call)
  })
})

describe('the light of the recording', () => {
  const until = '2026-11-24T01:02:00Z'
  const paused = { call: offer.call, on: false, until, why: '' } as const
  test('follows the server, and says when it went on by itself', () => {
    const off = run(...talking, { type: 'recording', recording: paused })
    expect(off.recordingOffUntil).toBe(until)
    const on = reduce(off, { type: 'recording', recording: { call: offer.call, on: true, until: null, why: 'timeout' } })
    expect([on.recordingOffUntil, on.notice]).toEqual([null, 'recording_on'])
    expect(reduce(on, { type: 'recording', recording: paused }).notice).toBeNull()
  })

  test('is right after a reload, and of this call only', () => {
    expect(run(...talking, { type: 'connected', offer: { ...offer, recording_paused_until: until }, since: until }).recordingOffUntil).toBe(until)
    expect(run(...talking, { type: 'recording', recording: { ...paused, call: 'n1-1.9' } }).recordingOffUntil).toBeNull()
  })
})

test('a message is shown once until it is read', () => {
  const message = { id: 'm1', at: '', by: 'thu', by_name: 'Thư', text: 'Mưa lớn' }
  const s = run(...open, { type: 'message', message }, { type: 'message', message })
  expect(s.messages).toEqual([message])
  expect(reduce(s, { type: 'message_read', id: 'm1' }).messages).toEqual([])
})

describe('a desk that is not ours any more', () => {
  test('forgets the call and says why', () => {
    const s = run(...talking, { type: 'closed', why: 'replaced' })
    expect([s.phase, s.closedWhy, s.offer, s.phone]).toEqual(['closed', 'replaced', null, 'idle'])
  })
})

test('readiness needs a microphone and a line', () => {
  const s = run(...open)
  expect(notReadyBecause(s)).toBeNull()
  expect(notReadyBecause(reduce(s, { type: 'light', light: 'lost' }))).toBe('line')
  expect(notReadyBecause(reduce(s, { type: 'microphone', microphone: 'refused' }))).toBe('microphone')
})

describe('a desk that was cut off', () => {
  const loadedAnew: DeskAction[] = [
    { type: 'opened', desk: { ...desk, kept }, draft: null },
    { type: 'microphone', microphone: 'ready' },
    { type: 'light', light: 'registered' },
  ]
  const again: Offer = { ...offer, id: 'n1-1.1-o2', back: true }

  test('shows who is on hold, and answers by itself', () => {
    const waiting = run(...loadedAnew)
    expect(stageOf(waiting)).toBe('idle')
    expect(waiting.agent.kept?.call).toBe(offer.call)
    const offered = run(...loadedAnew, state('reserved', offer.call, kept), { type: 'offer', offer: again })
    expect(offered.wanted).toBe('answer')
    expect(stageOf(offered)).toBe('answering')
    const rings = reduce(offered, { type: 'phone_ringing', call: offer.call, caller: '' })
    expect(rings.wanted).toBe('answer')
    const talks = run(...loadedAnew, state('talking', offer.call), { type: 'offer', offer: again }, { type: 'phone_talking', at: 'T1' })
    expect([stageOf(talks), talks.notice]).toEqual(['talking', null])
  })

  test('says that the citizen is not there any more', () => {
    expect(run(...loadedAnew, state('paused')).notice).toBe('gave_up')
    expect(run(...loadedAnew, state('available', '', kept), state('reserved', offer.call, kept), state('talking', offer.call)).notice).toBe(null)
  })

  test('says one thing about the same loss', () => {
    const lost = run(...talking, { type: 'ended', call: offer.call, why: 'desk_lost' }, { type: 'phone_ended' }, state('paused', '', kept))
    expect(lost.notice).toBe(null)
  })
})
