// The sound of a recording, with one side of it alone if that is wanted.

/** A side that is heard alone: 0 is the citizen, 1 the agent. */
export type Side = 0 | 1 | null

/** Plays an element's two channels through gains of their own. */
export class Sides {
  private context: AudioContext | null = null
  private gains: GainNode[] = []

  constructor(private readonly audio: HTMLAudioElement) {}

  /** Takes the element over when a side is first asked for: without, browsers play it by themselves. */
  hear(side: Side): void {
    if (side === null && this.context === null) return
    if (this.context === null) this.split(new AudioContext())
    this.gains.forEach((gain, c) => (gain.gain.value = side === null || side === c ? 1 : 0))
  }

  /** Browsers hold sound back until somebody has done something on the page. */
  resume(): void {
    void this.context?.resume()
  }

  close(): void {
    void this.context?.close()
  }

  // Both sides are put in the middle: nobody listens to one ear alone for an hour.
  private split(context: AudioContext): void {
    const source = context.createMediaElementSource(this.audio)
    const splitter = context.createChannelSplitter(2)
    source.connect(splitter)
    for (const c of [0, 1]) {
      const gain = context.createGain()
      splitter.connect(gain, c)
      gain.connect(context.destination)
      this.gains.push(gain)
    }
    this.context = context
  }
}
