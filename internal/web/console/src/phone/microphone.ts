// The microphone, and in words what keeps us from it.
import { chosenDevice } from './devices'

export type MicrophoneProblem = 'refused' | 'missing' | 'busy' | 'insecure'

export class MicrophoneError extends Error {
  constructor(readonly problem: MicrophoneProblem) {
    super(`the microphone is ${problem}`)
  }
}

/**
 * Opens the microphone; throws MicrophoneError. With ?raw-audio=1 in the address the
 * sound is taken as it is: the cleaning that helps speech destroys measuring tones.
 */
export async function openMicrophone(): Promise<MediaStream> {
  // Browsers hide the device from pages that came over plain HTTP from another host.
  if (!window.isSecureContext || navigator.mediaDevices === undefined) throw new MicrophoneError('insecure')
  const clean = new URLSearchParams(location.search).get('raw-audio') !== '1'
  try {
    return await navigator.mediaDevices.getUserMedia({
      // One that is unplugged is no reason to have none.
      audio: { echoCancellation: clean, noiseSuppression: clean, autoGainControl: clean, deviceId: { ideal: chosenDevice('microphone') } },
    })
  } catch (error) {
    throw new MicrophoneError(problemOf(error))
  }
}

// Media Capture and Streams, getUserMedia(), steps 6 and 10: the error names.
function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'refused'
  }
}
