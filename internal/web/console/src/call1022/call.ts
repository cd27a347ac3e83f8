// One call from a citizen's browser to 1022: a credential for this call alone, the
// microphone, then SIP.
import { C, type UA } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import { api, wordsOf } from '../api/client'
import type { Credential, Words } from '../api/types'
import { Ear } from '../phone/ear'
import { MicrophoneError, openMicrophone } from '../phone/microphone'
import { handleMedia, packetsReceived, pcConfig, userAgent } from '../phone/sip'
import { endings, microphone } from './strings'

export type Step = 'idle' | 'microphone' | 'connecting' | 'talking' | 'ended'
export type EndedWhy = 'hung_up' | 'no_line' | 'cut'

export interface Progress {
  step: Step
  /** What to say instead of the step's own text. */
  words: Words | null
}

interface Invitation {
  sip: Credential
  dial: string
}

const connectWithinMs = 15_000
// The menus may be silent for some seconds while they wait for a key.
const silenceMs = 15_000

export class Call {
  readonly #tell: (progress: Progress) => void
  // Made while the button's click is handled, else browsers keep it silent.
  readonly #ear = new Ear()
  #microphone: MediaStream | null = null
  #agent: UA | null = null
  #session: RTCSession | null = null
  #deadline: ReturnType<typeof setTimeout> | undefined
  #over = false

  constructor(tell: (progress: Progress) => void) {
    this.#tell = tell
  }

  /** Calls; everything that comes of it is told. */
  async begin(): Promise<void> {
    this.#ear.wake()
    this.#tell({ step: 'microphone', words: null })
    try {
      this.#microphone = await openMicrophone()
      if (this.#over) return this.#release()
      this.#tell({ step: 'connecting', words: null })
      this.#dial(await api<Invitation>('POST', '/public/call'), this.#microphone)
    } catch (error) {
      this.#end(error instanceof MicrophoneError ? microphone[error.problem] : wordsOf(error))
    }
  }

  /** Sends a key by RFC 4733, as a telephone does. */
  press(key: string): void {
    if (this.#session?.isEstablished()) this.#session.sendDTMF(key, { transportType: C.DTMF_TRANSPORT.RFC2833, duration: 160 })
  }

  hangUp(): void {
    this.#end(endings.hung_up)
  }

  #dial({ sip, dial }: Invitation, mediaStream: MediaStream): void {
    if (this.#over) return
    const agent = userAgent(sip, false)
    this.#agent = agent
    this.#deadline = setTimeout(() => this.#end(endings.no_line), connectWithinMs)
    agent.on('newRTCSession', ({ session }: { session: RTCSession }) => this.#follow(session))
    agent.on('disconnected', () => void this.#endIfSilent())
    agent.on('connected', () => {
      if (this.#session === null) agent.call(dial, { mediaStream, pcConfig })
    })
    agent.start()
  }

  #follow(session: RTCSession): void {
    this.#session = session
    handleMedia(session, (stream) => this.#ear.listen(stream))
    session.on('confirmed', () => {
      clearTimeout(this.#deadline)
      this.#tell({ step: 'talking', words: null })
    })
    session.on('ended', () => this.#end(endings.hung_up))
    session.on('failed', () => this.#end(endings.no_line))
  }

  /** Without the socket the far end's goodbye cannot reach us; its silence does. */
  async #endIfSilent(): Promise<void> {
    const session = this.#session
    if (!session?.isEstablished()) return
    for (let before = -1; !this.#over; ) {
      const now = await packetsReceived(session)
      if (now === before) return this.#end(endings.cut)
      before = now
      await new Promise((done) => setTimeout(done, silenceMs))
    }
  }

  #end(words: Words): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#deadline)
    this.#release()
    this.#tell({ step: 'ended', words })
  }

  #release(): void {
    this.#agent?.stop()
    this.#ear.close()
    this.#microphone?.getTracks().forEach((track) => track.stop())
  }
}
