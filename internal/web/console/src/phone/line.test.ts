import { expect, test, vi } from 'vitest'
import { Line } from './line'

const ua = vi.hoisted(() => ({
  connected: true,
  heard: new Map<string, (event?: unknown) => void>(),
}))
vi.mock('./sip', () => ({
  pcConfig: {},
  handleMedia: () => {},
  userAgent: () => ({
    on: (name: string, f: (event?: unknown) => void) => ua.heard.set(name, f),
    isConnected: () => ua.connected,
  }),
}))

/** A microphone of one track, as far as a line looks at it. */
function microphone(): MediaStream {
  const track = { enabled: true }
  return { getAudioTracks: () => [track] } as unknown as MediaStream
}

const quiet = () => {}
const events = { onLight: quiet, onRinging: quiet, onTalking: quiet, onEnded: quiet, onSound: quiet, onTurnedAway: quiet }

/** Lets the line ring, with a session that mutes its microphone as JsSIP does. */
function rings(mic: MediaStream) {
  const enable = (enabled: boolean) => () => mic.getAudioTracks().forEach((track) => (track.enabled = enabled))
  const session = {
    direction: 'incoming', remote_identity: { uri: { user: '' } }, on: quiet, answer: quiet, isEnded: () => false, terminate: quiet,
    mute: enable(false), unmute: enable(true),
  }
  ua.heard.get('newRTCSession')?.({ session, request: { getHeader: () => '' } })
}

test('who muted one conversation is heard in the next', () => {
  const line = new Line({ uri: '', user: '', password: '', ws: '' }, events)
  const mic = microphone()
  rings(mic)
  line.answer(mic)
  line.mute(true)
  expect(mic.getAudioTracks()[0]!.enabled).toBe(false)
  rings(mic)
  line.answer(mic)
  expect(mic.getAudioTracks()[0]!.enabled).toBe(true)
})

test('who hung up without a socket is heard in the next conversation', () => {
  const line = new Line({ uri: '', user: '', password: '', ws: '' }, events)
  const mic = microphone()
  rings(mic)
  line.answer(mic)
  ua.connected = false
  line.hangUp()
  expect(mic.getAudioTracks()[0]!.enabled).toBe(false)
  ua.connected = true
  rings(mic)
  line.answer(mic)
  expect(mic.getAudioTracks()[0]!.enabled).toBe(true)
})
