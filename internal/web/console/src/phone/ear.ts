// What is heard from the far end: played through an audio element and measured.
import { throughSpeaker } from './devices'

declare global {
  interface Window {
    /** For support and tests: is sound arriving, and which tone? */
    hotlineAudio?: { rms: () => number; frequency: () => number }
  }
}

/** The loudspeaker of one page. */
export class Ear {
  readonly #element = new Audio()
  #context = new AudioContext()
  #analyser = measuring(this.#context)
  readonly #wave = new Float32Array(this.#analyser.fftSize)
  #source: MediaStreamAudioSourceNode | null = null

  /** Told whether the browser holds the sound back until somebody clicks. */
  onHeld: (held: boolean) => void = () => {}

  constructor() {
    this.#element.autoplay = true
    window.hotlineAudio = { rms: () => this.rms(), frequency: () => this.frequency() }
  }

  /** The context that other sounds of the page may use as well. */
  get context(): AudioContext {
    return this.#context
  }

  /** Starts sound that the browser held back; call it while handling a click or key. */
  wake(): void {
    if (this.#context.state === 'suspended') void this.#context.resume()
  }

  /**
   * Plays the stream and measures it. Chromium gives an analyser silence unless the
   * stream is attached to an element too. Each conversation has a context of its own: one
   * may have died with the sleep of a laptop, and does not say so.
   */
  listen(stream: MediaStream): void {
    this.silence()
    void this.#context.close().catch(() => {})
    this.#context = new AudioContext()
    this.#analyser = measuring(this.#context)
    this.#element.srcObject = stream
    void this.useSpeaker()
    this.play()
    this.#source = this.#context.createMediaStreamSource(stream)
    this.#source.connect(this.#analyser)
  }

  /** Plays through the loudspeaker that was chosen. */
  async useSpeaker(): Promise<void> {
    await throughSpeaker(this.#element)
  }

  /** Plays what is there to be heard. */
  play(): void {
    this.wake()
    this.#element.play().then(
      () => this.onHeld(false),
      (error: unknown) => this.onHeld(error instanceof DOMException && error.name === 'NotAllowedError'),
    )
  }

  silence(): void {
    this.#source?.disconnect()
    this.#source = null
    this.#element.srcObject = null
  }

  /** Gives the loudspeaker back; the ear hears nothing more. */
  close(): void {
    this.silence()
    void this.#context.close().catch(() => {})
  }

  /** Root mean square of the last tenth of a second, 0 to 1. */
  rms(): number {
    if (this.#source === null) return 0
    this.#analyser.getFloatTimeDomainData(this.#wave)
    return Math.sqrt(this.#wave.reduce((sum, sample) => sum + sample * sample, 0) / this.#wave.length)
  }

  /** The loudest frequency in Hz, 0 when nothing is heard. */
  frequency(): number {
    if (this.rms() === 0) return 0
    const bins = new Float32Array(this.#analyser.frequencyBinCount)
    this.#analyser.getFloatFrequencyData(bins)
    return (peak(bins) * this.#context.sampleRate) / this.#analyser.fftSize
  }
}

function measuring(context: AudioContext): AnalyserNode {
  const analyser = context.createAnalyser()
  analyser.fftSize = 4096
  analyser.smoothingTimeConstant = 0
  return analyser
}

/** Place of the highest value, refined by the parabola through its neighbours. */
export function peak(values: ArrayLike<number>): number {
  let top = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[top]!) top = i
  const [left, middle, right] = [values[top - 1], values[top], values[top + 1]]
  if (left === undefined || middle === undefined || right === undefined) return top
  const bend = left - 2 * middle + right
  return Number.isFinite(bend) && bend !== 0 ? top + (left - right) / (2 * bend) : top
}
