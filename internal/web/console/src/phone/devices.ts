// Which microphone and loudspeaker this computer's agent has chosen.

const keys = { microphone: 'hotline-microphone', speaker: 'hotline-speaker' } as const

export type DeviceKind = keyof typeof keys

/** The chosen device's id, '' for the computer's own choice. */
export function chosenDevice(kind: DeviceKind): string {
  return localStorage.getItem(keys[kind]) ?? ''
}

export function chooseDevice(kind: DeviceKind, id: string): void {
  if (id === '') localStorage.removeItem(keys[kind])
  else localStorage.setItem(keys[kind], id)
}

/** The devices there are; they have names once the microphone was allowed. */
export async function listDevices(kind: DeviceKind): Promise<{ value: string; label: string }[]> {
  const wanted: MediaDeviceKind = kind === 'microphone' ? 'audioinput' : 'audiooutput'
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  return all.filter((d) => d.kind === wanted && d.deviceId !== '' && d.deviceId !== 'default').map((d) => ({ value: d.deviceId, label: d.label || d.deviceId.slice(0, 8) }))
}

/** Plays an element through the chosen loudspeaker; through the computer's own when that is gone. */
export async function throughSpeaker(element: HTMLAudioElement): Promise<void> {
  if (!('setSinkId' in element)) return
  await element.setSinkId(chosenDevice('speaker')).catch(() => element.setSinkId(''))
}
