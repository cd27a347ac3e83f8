// The sound of a desk that rings, made on the spot.

/** Rings until the returned function is called; an urgent ring is faster and higher. */
export function startRinging(context: AudioContext, urgent: boolean): () => void {
  const volume = context.createGain()
  volume.gain.value = 0.25
  volume.connect(context.destination)
  const [low, high] = urgent ? [880, 1175] : [587, 740]

  const ringOnce = () => {
    for (let beat = 0; beat < 4; beat++) {
      const from = context.currentTime + beat * 0.18
      const tone = context.createOscillator()
      const shape = context.createGain()
      tone.frequency.value = beat % 2 === 0 ? low : high
      // Soft edges: a tone that is cut hard clicks in a headset.
      shape.gain.setValueAtTime(0, from)
      shape.gain.linearRampToValueAtTime(1, from + 0.02)
      shape.gain.linearRampToValueAtTime(0, from + 0.17)
      tone.connect(shape).connect(volume)
      tone.start(from)
      tone.stop(from + 0.18)
    }
  }

  ringOnce()
  const timer = setInterval(ringOnce, urgent ? 1_000 : 2_000)
  return () => {
    clearInterval(timer)
    volume.disconnect()
  }
}
