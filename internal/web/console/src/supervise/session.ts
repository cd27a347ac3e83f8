// A supervisor's softphone: signed in when it is first needed, it answers by itself. It
// lives as long as the wallboard's page.
import { ApiError, api, wordsOf } from '../api/client'
import { openFeed } from '../api/feed'
import type { EarState, SignedEar } from '../api/supervise'
import type { Words } from '../api/types'
import { Ear } from '../phone/ear'
import { Line } from '../phone/line'
import { MicrophoneError, openMicrophone } from '../phone/microphone'
import { superviseStrings } from '../text/supervise'

export interface SupervisorState {
  ear: EarState | null
  /** A press is on its way. */
  busy: boolean
  problem: Words | null
  /** The softphone is in a call: what is heard, or a conversation that was joined. */
  talking: boolean
}

const registeredWithinMs = 8_000
const saidAfterMs = 8_000

/** Idle is none: then the softphone rings to bring the supervisor into a conversation. */
function onlyListens(ear: EarState | null): boolean {
  return ear?.doing === 'ringing' || ear?.doing === 'listening'
}

export class SupervisorSession {
  #state: SupervisorState = { ear: null, busy: false, problem: null, talking: false }
  #listeners = new Set<() => void>()
  #sound: Ear | null = null
  #line: Line | null = null
  #microphone: MediaStream | null = null
  #closeFeed: () => void = () => {}

  readonly getState = (): SupervisorState => this.#state
  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell)
    return () => this.#listeners.delete(tell)
  }

  /** Lets the supervisor hear the agent's conversation; of one that is heard it changes the way. */
  async listen(agent: string, whisper: boolean): Promise<void> {
    this.#sound ??= new Ear()
    this.#sound.wake()
    await this.act(async () => {
      await this.#signIn()
      await api('POST', '/ear/listen', { agent, whisper })
    })
  }

  /** Brings the supervisor into a conversation; with takeOver the call is theirs then. */
  async join(call: string, takeOver: boolean): Promise<void> {
    this.#sound ??= new Ear()
    this.#sound.wake()
    await this.act(async () => {
      await this.#signIn()
      await api('POST', `/calls/${call}/${takeOver ? 'take-over' : 'barge'}`)
    })
  }

  /** Leaves a conversation that was joined; it goes on without the supervisor. */
  leave(): void {
    this.#line?.hangUp()
  }

  async stop(): Promise<void> {
    await this.act(() => api('DELETE', '/ear/listen'))
  }

  /** Does what a supervisor pressed and shows what went wrong; true when nothing did. */
  async act(what: () => Promise<unknown>): Promise<boolean> {
    this.#set({ busy: true, problem: null })
    try {
      await what()
      this.#set({ busy: false })
      return true
    } catch (error) {
      const words = error instanceof MicrophoneError ? superviseStrings.earNeedsMicrophone : wordsOf(error)
      this.#set({ busy: false, problem: words })
      return false
    }
  }

  dismiss(): void {
    this.#set({ problem: null, ear: this.#state.ear?.doing === 'idle' ? { ...this.#state.ear, ended: '' } : this.#state.ear })
  }

  /** Signs the softphone out, also when the page goes. */
  close(): void {
    if (this.#line === null) return
    this.#drop()
    void fetch('/api/ear', { method: 'DELETE', keepalive: true }).catch(() => {})
  }

  async #signIn(): Promise<void> {
    if (this.#line !== null) return
    this.#microphone ??= await openMicrophone()
    const microphone = this.#microphone
    const { sip, ...ear } = await api<SignedEar>('POST', '/ear')
    this.#set({ ear })
    await new Promise<void>((registered, failed) => {
      const late = setTimeout(() => {
        this.#drop()
        failed(new ApiError(0, 'no_phone', superviseStrings.earPhoneGone))
      }, registeredWithinMs)
      const line = new Line(sip, {
        onLight: (light) => {
          if (light !== 'registered') return
          clearTimeout(late)
          registered()
        },
        onRinging: () => line.answer(microphone),
        onTalking: () => {
          line.mute(onlyListens(this.#state.ear))
          this.#set({ talking: true })
        },
        onSound: (stream) => this.#sound?.listen(stream),
        onEnded: () => {
          this.#sound?.silence()
          this.#set({ talking: false })
        },
        onTurnedAway: () => void this.#check(),
      })
      this.#line = line
      line.start()
    })
    this.#closeFeed = openFeed('/ear/events', { on: { ear: (now: EarState) => this.#told(now) }, onLost: () => void this.#check() })
  }

  #told(ear: EarState): void {
    if (ear.doing === 'signed_out') {
      this.#drop()
      return
    }
    // Asterisk lets nothing of a listener through; the microphone is off all the same.
    this.#line?.mute(onlyListens(ear))
    this.#set({ ear })
    // What is over has been said after a while, and the wallboard's head is shown again.
    if (ear.doing === 'idle') setTimeout(() => this.#state.ear === ear && this.#set({ ear: { ...ear, ended: '' } }), saidAfterMs)
  }

  /** Finds out whether the softphone is still ours, as after a restart of the server. */
  async #check(): Promise<void> {
    try {
      await api('GET', '/ear')
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 401)) this.#drop()
    }
  }

  #drop(): void {
    const { ear } = this.#state
    const heard = ear !== null && ear.doing !== 'idle'
    this.#closeFeed()
    this.#closeFeed = () => {}
    this.#line?.stop()
    this.#line = null
    this.#sound?.silence()
    this.#microphone?.getTracks().forEach((track) => track.stop())
    this.#microphone = null
    this.#set({ ear: heard ? { ...ear, doing: 'idle', ended: 'restarted' } : null })
  }

  #set(change: Partial<SupervisorState>): void {
    this.#state = { ...this.#state, ...change }
    this.#listeners.forEach((tell) => tell())
  }
}
