// Speech from the microphone as the hotline keeps it: WAV of 8 kHz, one channel, 16 bit.
import { openMicrophone } from '../phone/microphone'

const rate = 8_000
const headerBytes = 44

/** A recording that goes on until stop, which gives it as a WAV file. */
export interface Taking {
  stop(): Promise<Blob>
}

/** Begins to record; throws MicrophoneError. */
export async function record(): Promise<Taking> {
  const stream = await openMicrophone()
  const recorder = new MediaRecorder(stream)
  const pieces: Blob[] = []
  recorder.addEventListener('dataavailable', (event) => pieces.push(event.data))
  recorder.start()
  return {
    stop: () =>
      new Promise((resolve, reject) => {
        recorder.addEventListener('stop', () => {
          stream.getTracks().forEach((track) => track.stop())
          toWAV(new Blob(pieces, { type: recorder.mimeType })).then(resolve, reject)
        })
        recorder.stop()
      }),
  }
}

async function toWAV(taken: Blob): Promise<Blob> {
  const decoder = new AudioContext()
  const sound = await decoder.decodeAudioData(await taken.arrayBuffer()).finally(() => void decoder.close())
  const mixer = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * rate)), rate)
  const source = mixer.createBufferSource()
  source.buffer = sound
  source.connect(mixer.destination)
  source.start()
  const mixed = await mixer.startRendering()
  return new Blob([wav(mixed.getChannelData(0))], { type: 'audio/wav' })
}

/** Exported for its test: samples from -1 to 1 as a WAV file. */
export function wav(samples: Float32Array): ArrayBuffer {
  const data = new ArrayBuffer(headerBytes + 2 * samples.length)
  const view = new DataView(data)
  const text = (at: number, word: string) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, data.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, 2 * samples.length, true)
  samples.forEach((sample, i) => view.setInt16(headerBytes + 2 * i, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true))
  return data
}
