// A recording drawn: each side in a lane of its own, and the call's steps on it.
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { duration } from '../format/format'
import { useWords } from '../text/words'
import type { Marker, Peaks } from './types'
import classes from './recordings.module.css'
import { words } from './words'

const laneHeight = 72
const stepMs = 5_000

interface WavesProps {
  peaks: Peaks
  atMs: number
  colors: readonly string[]
  /** The lane that is heard alone, or null. */
  alone: number | null
  onSeek: (ms: number) => void
}

export function Waves({ peaks, atMs, colors, alone, onSeek }: WavesProps) {
  const { w, pick } = useWords(words)
  const canvas = useRef<HTMLCanvasElement>(null)
  const length = Math.max(peaks.duration_ms, 1)

  useEffect(() => {
    const draw = () => canvas.current && paint(canvas.current, peaks, colors, alone, atMs / length)
    draw()
    const watch = new ResizeObserver(draw)
    if (canvas.current) watch.observe(canvas.current)
    return () => watch.disconnect()
  }, [peaks, colors, alone, atMs, length])

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onSeek(((event.clientX - box.left) / box.width) * length)
  }
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowLeft: atMs - stepMs, ArrowRight: atMs + stepMs, Home: 0, End: length }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onSeek(to)
  }
  return (
    <div className={classes.waves}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={w('place')}
        aria-valuemin={0}
        aria-valuemax={Math.round(length / 1000)}
        aria-valuenow={Math.round(atMs / 1000)}
        aria-valuetext={`${duration(atMs)} / ${duration(length)}`}
        onPointerDown={point}
        onPointerMove={(event) => event.buttons === 1 && point(event)}
        onKeyDown={keys}
        data-testid="recording-waves"
      >
        <canvas ref={canvas} style={{ height: peaks.channels.length * laneHeight }} aria-hidden />
      </div>
      {peaks.markers.map((marker, i) => (
        <MarkerFlag key={i} marker={marker} text={`${duration(marker.at_ms)} ${pick(marker)}`} share={marker.at_ms / length} onSeek={onSeek} />
      ))}
    </div>
  )
}

function MarkerFlag({ marker, text, share, onSeek }: { marker: Marker; text: string; share: number; onSeek: (ms: number) => void }) {
  return <button type="button" className={classes.marker} style={{ left: `${100 * share}%` }} title={text} aria-label={text} data-kind={marker.kind} data-testid="recording-marker" onClick={() => onSeek(marker.at_ms)} />
}

/** Draws to the pixels that the screen has; what was played is darker. */
function paint(canvas: HTMLCanvasElement, { channels }: Peaks, colors: readonly string[], alone: number | null, played: number): void {
  const scale = window.devicePixelRatio || 1
  const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.clearRect(0, 0, width, height)
  const lane = height / channels.length
  channels.forEach((values, c) => {
    pen.fillStyle = colors[c] ?? '#555'
    for (let x = 0; x < width; x += 2) {
      const share = x / width
      const value = loudest(values, share, (x + 2) / width)
      pen.globalAlpha = (share <= played ? 1 : 0.45) * (alone === null || alone === c ? 1 : 0.25)
      const tall = Math.max(1, (value / 100) * lane * 0.92)
      pen.fillRect(x, c * lane + (lane - tall) / 2, 1.5, tall)
    }
  })
  pen.globalAlpha = 1
  pen.fillStyle = '#c92a2a'
  pen.fillRect(Math.min(played * width, width - 2), 0, 2, height)
}

/** The loudest value of a part of the recording, from and to as shares of it. */
export function loudest(values: readonly number[], from: number, to: number): number {
  const first = Math.min(Math.floor(from * values.length), values.length - 1)
  const last = Math.max(first + 1, Math.min(Math.ceil(to * values.length), values.length))
  return values.slice(Math.max(first, 0), last).reduce((most, v) => Math.max(most, v), 0)
}
