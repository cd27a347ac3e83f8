// A desk's telephone line: registration, and at most one session at a time.
import type { UA } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { Credential } from '../api/types'
import { countedOf, type Counted } from './quality'
import { handleMedia, packetsReceived, pcConfig, userAgent } from './sip'

export type Light = 'off' | 'connecting' | 'registered' | 'lost'

export interface LineEvents {
  onLight: (light: Light) => void
  /** The desk rings for this call; caller is the number in the INVITE. */
  onRinging: (call: string, caller: string) => void
  onTalking: () => void
  onEnded: () => void
  onSound: (stream: MediaStream) => void
  /** The registrar did not take us; tried again in a while. */
  onTurnedAway: () => void
}

const testAddress = 'sip:echo@hotline'
const registerAgainMs = 5_000

export class Line {
  readonly #ua: UA
  readonly #events: LineEvents
  #session: RTCSession | null = null
  #test: RTCSession | null = null
  #hangUpLater = false
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(credential: Credential, events: LineEvents) {
    this.#events = events
    this.#ua = userAgent(credential, true)
    this.#ua.on('connecting', () => events.onLight('connecting'))
    this.#ua.on('connected', () => this.#flushHangUp())
    // The session is left alone: its sound goes to Asterisk directly and does not
    // pass the socket that was lost.
    this.#ua.on('disconnected', () => events.onLight('lost'))
    this.#ua.on('registered', () => events.onLight('registered'))
    this.#ua.on('unregistered', () => events.onLight('lost'))
    this.#ua.on('registrationFailed', () => {
      events.onLight('lost')
      events.onTurnedAway()
      clearTimeout(this.#retry)
      this.#retry = setTimeout(() => this.refresh(), registerAgainMs)
    })
    this.#ua.on('newRTCSession', ({ session, request }: { session: RTCSession; request: { getHeader(name: string): string } }) => {
      if (session.direction === 'incoming') this.#ring(session, request)
    })
  }

  start(): void {
    this.#events.onLight('connecting')
    this.#ua.start()
  }

  /** Leaves the line: ends a session and removes the registration. */
  stop(): void {
    clearTimeout(this.#retry)
    this.#ua.stop()
    this.#events.onLight('off')
  }

  /** Proves that the line still works, after sleep or a change of network. */
  refresh(): void {
    if (this.#ua.isConnected()) this.#ua.register()
  }

  /**
   * Answers with this microphone, which is heard: whoever muted the conversation before, or
   * hung up without a socket, has muted the same microphone.
   */
  answer(mediaStream: MediaStream): void {
    for (const track of mediaStream.getAudioTracks()) track.enabled = true
    this.#session?.answer({ mediaStream, pcConfig })
  }

  /** Refuses a call that rings, RFC 3261 §21.4.24. */
  refuse(): void {
    if (this.#session?.isInProgress()) this.#session.terminate({ status_code: 486 })
  }

  /** Ends the conversation; without a socket as soon as there is one again. */
  hangUp(): void {
    if (this.#session === null || this.#session.isEnded()) return
    if (this.#ua.isConnected()) {
      this.#session.terminate()
      return
    }
    this.#hangUpLater = true
    this.#session.mute({ audio: true })
  }

  mute(muted: boolean): void {
    if (muted) this.#session?.mute({ audio: true })
    else this.#session?.unmute({ audio: true })
  }

  /** Puts another microphone into the conversation. */
  async replaceMicrophone(stream: MediaStream): Promise<void> {
    const sender = this.#session?.connection?.getSenders().find((s) => s.track?.kind === 'audio')
    await sender?.replaceTrack(stream.getAudioTracks()[0] ?? null)
  }

  /** Whether the session got no sound at all for so long, and is still the same; true without one. */
  async isSilent(forMs: number): Promise<boolean> {
    const session = this.#session
    if (!session?.connection) return true
    const before = await packetsReceived(session)
    await new Promise((done) => setTimeout(done, forMs))
    if (session !== this.#session) return false
    return session.isEnded() || (await packetsReceived(session)) === before
  }

  /**
   * Calls the exchange, which sends back what it hears. It ends by itself after a while,
   * at endTest, and when somebody calls.
   */
  test(mediaStream: MediaStream, onEnded: (answered: boolean) => void): void {
    this.endTest()
    const session = this.#ua.call(testAddress, { mediaStream, pcConfig, mediaConstraints: { audio: true, video: false } })
    this.#test = session
    handleMedia(session, this.#events.onSound)
    let answered = false
    session.on('confirmed', () => {
      answered = true
    })
    const over = () => {
      if (this.#test === session) this.#test = null
      onEnded(answered)
    }
    session.on('ended', over)
    session.on('failed', over)
  }

  endTest(): void {
    const session = this.#test
    this.#test = null
    if (session !== null && !session.isEnded()) session.terminate()
  }

  /** What the conversation's connection has counted so far, or null without one. */
  async counted(): Promise<Counted | null> {
    const connection = this.#session?.connection
    return connection ? countedOf(await connection.getStats()) : null
  }

  #ring(session: RTCSession, request: { getHeader(name: string): string }): void {
    this.endTest()
    // The server rings no desk that has a call: the end of a session that we still
    // believe in was lost with a socket.
    const stale = this.#session
    this.#session = session
    if (stale !== null && !stale.isEnded()) {
      stale.terminate()
      this.#events.onEnded()
    }
    this.#hangUpLater = false
    handleMedia(session, this.#events.onSound)
    const over = () => {
      if (this.#session !== session) return
      this.#session = null
      this.#events.onEnded()
    }
    session.on('confirmed', this.#events.onTalking)
    session.on('ended', over)
    session.on('failed', over)
    this.#events.onRinging(request.getHeader('X-Hotline-Call') ?? '', session.remote_identity.uri.user)
  }

  #flushHangUp(): void {
    if (!this.#hangUpLater) return
    this.#hangUpLater = false
    this.hangUp()
  }
}
