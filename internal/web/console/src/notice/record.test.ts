import { expect, test } from 'vitest'
import { wav } from './record'

test('samples become a WAV file of 8 kHz, one channel, 16 bit', () => {
  const data = wav(new Float32Array([0, 1, -1, 2]))
  const view = new DataView(data)
  const text = (at: number, length: number) => String.fromCharCode(...new Uint8Array(data, at, length))
  expect([text(0, 4), text(8, 8), text(36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data'])
  expect([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([44, 8000, 8])
  expect([0, 1, 2, 3].map((i) => view.getInt16(44 + 2 * i, true))).toEqual([0, 32767, -32767, 32767])
})
