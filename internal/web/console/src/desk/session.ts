// The desk at work: it carries the agent's presses to the server and the telephone,
// and what those say to the reducer. It outlives the page that shows it, so that an
// agent may look up tickets during a call.
import { ApiError, api, wordsOf } from '../api/client'
import { serverNow } from '../api/clock'
import { openFeed } from '../api/feed'
import type { DeskMessage, RecordingEvent } from '../api/supervise'
import type { Desk, DeskEndedEvent, DeskStateEvent, Offer, OfferEnd, SignedOutWhy, Talk, Target } from '../api/types'
import { Ear } from '../phone/ear'
import { Line } from '../phone/line'
import type { Counted } from '../phone/quality'
import { MicrophoneError, openMicrophone } from '../phone/microphone'
import { DraftKeeper, fetchDraft, keepDraft, readDraft } from './draft'
import { closedDesk, inCall, reduce, stageOf, type DeskAction, type DeskState, type Form, type FormChange } from './state'

// How long the telephone may lag behind what the server says before we hang it up.
const graceMs = 1_500
const silenceMs = 3_000

export class DeskSession {
  readonly ear = new Ear()
  #state = closedDesk
  #listeners = new Set<() => void>()
  #line: Line | null = null
  #microphone: MediaStream | null = null
  #closeFeed: () => void = () => {}
  #sipUser = ''
  #checking = false
  readonly #draft = new DraftKeeper((saved) => this.#dispatch({ type: 'form_draft', saved }))

  readonly getState = (): DeskState => this.#state
  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell)
    return () => this.#listeners.delete(tell)
  }

  constructor() {
    this.ear.onHeld = (held) => this.#dispatch({ type: 'sound', held })
    window.addEventListener('beforeunload', (event) => {
      if (inCall(this.#state) || this.#state.form?.note) event.preventDefault()
    })
    window.addEventListener('online', () => this.#line?.refresh())
    document.addEventListener('visibilitychange', () => this.#line?.refresh())
    navigator.mediaDevices?.addEventListener('devicechange', () => {
      if (this.#microphone?.active !== true) void this.askForMicrophone()
    })
  }

  /**
   * Signs the desk in. Another window that has this desk loses it; when that one may
   * be in a call, we ask first, unless takeOver says that we did.
   */
  async open(takeOver = false): Promise<void> {
    this.#dispatch({ type: 'opening' })
    if (this.#microphone === null) void this.askForMicrophone()
    try {
      if (!takeOver && (await this.#busyElsewhere())) {
        this.#dispatch({ type: 'elsewhere' })
        return
      }
      this.#begin(await api<Desk>('POST', '/desk'))
    } catch (error) {
      this.#dispatch({ type: 'open_failed', problem: wordsOf(error) })
    }
  }

  /** Signs the desk out, with whatever was typed saved before. */
  async leave(): Promise<void> {
    this.#saveLate(this.#state.form)
    keepDraft(this.#state.agentID, null)
    this.#end('signed_out')
    await api('DELETE', '/desk').catch(() => {})
  }

  async askForMicrophone(): Promise<void> {
    this.#dispatch({ type: 'microphone', microphone: 'asking' })
    try {
      const stream = await openMicrophone()
      stream.getAudioTracks()[0]?.addEventListener('ended', () => void this.askForMicrophone())
      this.#microphone?.getTracks().forEach((track) => track.stop())
      this.#microphone = stream
      await this.#line?.replaceMicrophone(stream)
      this.#dispatch({ type: 'microphone', microphone: 'ready' })
      if (this.#state.wanted === 'answer' || this.#state.offer?.back === true) this.answer()
    } catch (error) {
      this.#dispatch({ type: 'microphone', microphone: error instanceof MicrophoneError ? error.problem : 'busy' })
    }
  }

  async ready(): Promise<void> {
    this.ear.wake()
    // Asked here because browsers want a click for it.
    if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission()
    await this.#command('/desk/ready')
  }

  async pause(reason: string): Promise<void> {
    if (!(await this.#command('/desk/pause', { reason }))) return
    if (stageOf(this.#state) !== 'idle') this.#dispatch({ type: 'pause_after_call', reason })
  }

  answer(): void {
    this.ear.wake()
    if (this.#state.phone === 'ringing' && this.#microphone !== null) {
      this.#line?.answer(this.#microphone)
      this.#dispatch({ type: 'phone_answering' })
    } else if (this.#state.phone === 'idle' && this.#state.offer !== null) {
      this.#dispatch({ type: 'wanted', what: 'answer' })
    }
  }

  /** Calls the citizen of a ticket: the desk is rung, answers, and then they are. Throws ApiError. */
  async call(ticket: string): Promise<void> {
    this.ear.wake()
    await api('POST', '/desk/calls', { ticket })
  }

  refuse(): void {
    this.#dispatch({ type: 'wanted', what: 'refuse' })
    this.#line?.refuse()
  }

  hangUp(): void {
    this.#line?.hangUp()
  }

  /** Starts the sound that the browser held back; for a click. */
  hearNow(): void {
    this.ear.play()
  }

  mute(muted: boolean): void {
    this.#line?.mute(muted)
    this.#dispatch({ type: 'muted', muted })
  }

  /** Verbs of the call; the server says what is possible, and how it stands after it. */
  async verb(verb: 'hold' | 'resume' | 'complete' | 'back' | 'conference'): Promise<void> {
    await this.#command(`/desk/call/${verb}`)
  }

  async send(verb: 'transfer' | 'consult', to: Target): Promise<boolean> {
    return this.#command(`/desk/call/${verb}`, to)
  }

  /** Begins a hand-over to a command centre (''), or does something in the one that runs. */
  async handOver(verb: '' | 'add' | 'advance' | 'confirm', body: { service: string; attempt?: number }): Promise<boolean> {
    return this.#command(verb === '' ? '/desk/emergency' : `/desk/emergency/${verb}`, body)
  }

  async drop(leg: string): Promise<void> {
    await this.#command('/desk/call/drop', { leg })
  }

  /** Pauses the recording, or prolongs that, or lets it go on; the light follows the server. */
  async record(on: boolean): Promise<void> {
    await this.#command('/desk/call/recording', { on })
  }

  async read(id: string): Promise<void> {
    if (await this.#command(`/desk/messages/${id}/read`)) this.#dispatch({ type: 'message_read', id })
  }

  /** What the microphone gives, for its level. */
  get microphone(): MediaStream | null {
    return this.#microphone
  }

  async useSpeaker(): Promise<void> {
    await this.ear.useSpeaker()
  }

  /** Calls the exchange to hear oneself. */
  testCall({ onEnded }: { onEnded: (answered: boolean) => void }): void {
    this.ear.wake()
    if (this.#line === null || this.#microphone === null) {
      onEnded(false)
      return
    }
    this.#line.test(this.#microphone, (answered) => {
      if (this.#state.phone === 'idle') this.ear.silence()
      onEnded(answered)
    })
  }

  endTest(): void {
    this.#line?.endTest()
  }

  /** What the telephone has counted of the conversation, for its quality; null without one. */
  async counted(): Promise<Counted | null> {
    return (await this.#line?.counted()) ?? null
  }

  edit(change: FormChange): void {
    this.#dispatch({ type: 'form', change })
    if (this.#state.form !== null) this.#draft.changed(this.#state.form)
  }

  async save(ready: boolean): Promise<void> {
    const { form } = this.#state
    if (form === null || form.saving) return
    this.#dispatch({ type: 'form_saving' })
    try {
      this.#draft.settle()
      await postForm(form, ready)
      this.#dispatch({ type: 'form_saved', call: form.call })
    } catch (error) {
      this.#dispatch({ type: 'form_failed', problem: wordsOf(error) })
      if (this.#state.form !== null) this.#draft.changed(this.#state.form)
    }
  }

  dismissNotice(): void {
    this.#dispatch({ type: 'notice', notice: null })
    this.#dispatch({ type: 'problem', problem: null })
  }

  #begin(desk: Desk): void {
    this.#line?.stop()
    this.#closeFeed()
    this.#sipUser = desk.sip.user
    const kept = readDraft(desk.agent)
    this.#dispatch({ type: 'opened', desk, draft: kept?.form ?? null })
    void this.#findDraft(kept?.at ?? 0)
    this.#closeFeed = openFeed('/desk/events', {
      onOpen: () => this.#dispatch({ type: 'feed', feed: 'live' }),
      onLost: () => {
        this.#dispatch({ type: 'feed', feed: 'lost' })
        void this.#check()
      },
      on: {
        state: (state: DeskStateEvent) => this.#moved(state),
        offer: (offer: Offer) => {
          this.#dispatch({ type: 'offer', offer })
          if (offer.back || offer.outbound === true) this.answer()
        },
        offer_closed: ({ id, how, taken_by: takenBy = '' }: { id: string; how: OfferEnd; taken_by?: string }) => {
          const call = this.#state.offer?.call
          this.#dispatch({ type: 'offer_closed', id, how, takenBy })
          if (how !== 'accepted') this.#hangUpAfterGrace(call)
        },
        connected: ({ since, ...offer }: Offer & { since: string }) => {
          this.#makeRoomFor(offer.call)
          this.#dispatch({ type: 'connected', offer, since })
        },
        talk: (talk: Talk) => this.#dispatch({ type: 'talk', talk }),
        ended: ({ call, why }: DeskEndedEvent) => {
          this.#dispatch({ type: 'ended', call, why })
          this.#hangUpAfterGrace(call)
          // The server rings this desk again when it hears that the line is well. After
          // sleep the microphone may be there and say nothing.
          if (why === 'desk_lost') {
            this.#line?.refresh()
            void this.askForMicrophone()
          }
        },
        recording: (recording: RecordingEvent) => this.#dispatch({ type: 'recording', recording }),
        message: (message: DeskMessage) => this.#dispatch({ type: 'message', message }),
        message_read: ({ id }: { id: string }) => this.#dispatch({ type: 'message_read', id }),
        signed_out: ({ why }: { why: SignedOutWhy }) => this.#end(why),
      },
    })
    this.#line = new Line(desk.sip, {
      onLight: (light) => this.#dispatch({ type: 'light', light }),
      onTurnedAway: () => void this.#check(),
      onSound: (stream) => this.ear.listen(stream),
      onRinging: (call, caller) => this.#rings(call, caller),
      onTalking: () => {
        this.#makeRoomFor(this.#state.offer?.call)
        this.#dispatch({ type: 'phone_talking', at: new Date(serverNow()).toISOString() })
      },
      onEnded: () => {
        this.ear.silence()
        this.#dispatch({ type: 'phone_ended' })
        if (this.#state.feed === 'lost') void this.#check()
      },
    })
    this.#line.start()
  }

  /** What was typed at another browser is later than what this one has, if it is there. */
  async #findDraft(since: number): Promise<void> {
    const before = this.#state.form
    const found = await fetchDraft()
    // Typed meanwhile, or another call has begun: what is on the page stands.
    if (found === null || this.#state.phase !== 'open' || this.#state.form !== before) return
    if (before === null || (found.form.call === before.call && found.at > since)) this.#dispatch({ type: 'form_found', form: found.form })
  }

  #end(why: SignedOutWhy): void {
    this.#closeFeed()
    this.#line?.stop()
    this.#line = null
    this.ear.silence()
    this.#microphone?.getTracks().forEach((track) => track.stop())
    this.#microphone = null
    this.#dispatch({ type: 'closed', why })
  }

  #rings(call: string, caller: string): void {
    const { wanted, offer } = this.#state
    this.#dispatch({ type: 'phone_ringing', call, caller })
    const expected = offer?.call === call && (offer.back || offer.outbound === true)
    if (wanted === 'answer' || (expected && wanted !== 'refuse')) this.answer()
    if (wanted === 'refuse') this.refuse()
  }

  #moved(state: DeskStateEvent): void {
    this.#dispatch({ type: 'state', state })
    // After a gap we may have missed the end of the call, or the server may not have
    // found the call again yet: only a line without sound is hung up.
    if (this.#state.phone !== 'talking' || state.state === 'talking') return
    void this.#line?.isSilent(silenceMs).then((silent) => {
      if (silent && this.#state.agent.state !== 'talking') this.#line?.hangUp()
    })
  }

  /**
   * A BYE or CANCEL that was lost with a socket must not leave the desk ringing. The same
   * call may be there again by then, with an offer of its own.
   */
  #hangUpAfterGrace(call: string | undefined): void {
    const before = this.#state.offer?.id
    setTimeout(() => {
      const { phone, phoneCall, offer } = this.#state
      if (phone === 'idle' || phoneCall !== call) return
      if (offer?.call === call && offer?.id !== before) return
      if (this.#state.phone === 'ringing') this.#line?.refuse()
      else this.#line?.hangUp()
    }, graceMs)
  }

  /** Finds out, when the server is back, whether the desk is still ours. */
  async #check(): Promise<void> {
    if (this.#checking || this.#state.phase !== 'open') return
    this.#checking = true
    try {
      const desk = await api<Desk>('GET', '/desk')
      if (desk.sip.user !== this.#sipUser) this.#end('replaced')
    } catch (error) {
      // Signing in anew would take away the credential that the call in progress needs.
      if (!(error instanceof ApiError) || inCall(this.#state)) return
      if (error.status === 401) this.#end('signed_out')
      if (error.status === 404) await this.#openAgain()
    } finally {
      this.#checking = false
    }
  }

  async #openAgain(): Promise<void> {
    try {
      this.#begin(await api<Desk>('POST', '/desk'))
      this.#dispatch({ type: 'notice', notice: 'server_restarted' })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'off_shift') this.#end('shift_over')
    }
  }

  /** After a reload our own old call is no reason to ask: its sound is lost anyway. */
  async #busyElsewhere(): Promise<boolean> {
    const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (how?.type === 'reload' && performance.now() < 10_000) return false
    try {
      const { state, connected } = await api<Desk>('GET', '/desk')
      return connected && (state === 'talking' || state === 'ringing')
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false
      throw error
    }
  }

  async #command(path: string, body?: unknown): Promise<boolean> {
    try {
      await api('POST', path, body)
      this.#dispatch({ type: 'problem', problem: null })
      return true
    } catch (error) {
      this.#dispatch({ type: 'problem', problem: wordsOf(error) })
      return false
    }
  }

  /** The next conversation needs the form: what is still unsaved is saved as it stands. */
  #makeRoomFor(call: string | undefined): void {
    const { form } = this.#state
    if (form !== null && form.call !== call) this.#saveLate(form)
  }

  #saveLate(form: Form | null): void {
    if (form === null) return
    this.#draft.settle()
    postForm(form, true).catch(() => this.#dispatch({ type: 'notice', notice: 'late_form_failed' }))
  }

  #dispatch(action: DeskAction): void {
    this.#state = reduce(this.#state, action)
    if (this.#state.phase === 'open') keepDraft(this.#state.agentID, this.#state.form)
    this.#listeners.forEach((tell) => tell())
  }
}

function postForm({ call, group, field, citizen, place, note }: Form, ready: boolean): Promise<void> {
  return api('POST', '/desk/wrap-up', { call, group, field, citizen, place, note, ready })
}
