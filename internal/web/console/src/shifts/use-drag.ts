// Dragging people to seats with mouse, pen or finger.
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react'
import { slotOfKey } from './plan'
import type { Slot, Who } from './types'

export interface Dragged {
  who: Who
  /** The seat that they are dragged from; null for the list of people. */
  from: Slot | null
}

export interface Drag {
  dragged: Dragged | null
  /** The key of the slot that the pointer is over, "" for none. */
  over: string
  /** To be called when a pointer goes down on somebody. */
  begin: (what: Dragged, event: ReactPointerEvent) => void
  /** True once after a drag, for the click that ends it. */
  swallow: () => boolean
  /** The name that follows the pointer. */
  ghost: React.RefObject<HTMLDivElement | null>
}

// A hand that only presses may shake by so many pixels.
const slack = 6

/** The slot at a place of the page: an element with data-slot, or "" for none. */
export function slotAt(x: number, y: number): string {
  const found = document.elementFromPoint(x, y)?.closest('[data-slot]')
  return found instanceof HTMLElement ? (found.dataset.slot ?? '') : ''
}

export function useDrag(onDrop: (what: Dragged, to: Slot) => void): Drag {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [over, setOver] = useState('')
  const ghost = useRef<HTMLDivElement | null>(null)
  const ended = useRef(false)
  const stop = useRef<() => void>(() => {})
  useEffect(() => () => stop.current(), [])

  const begin = (what: Dragged, down: ReactPointerEvent) => {
    if (down.button !== 0) return
    stop.current()
    const from = { x: down.clientX, y: down.clientY }
    let moving = false
    let target = ''
    const move = (event: PointerEvent) => {
      if (!moving && Math.hypot(event.clientX - from.x, event.clientY - from.y) < slack) return
      if (!moving) {
        moving = true
        setDragged(what)
      }
      event.preventDefault()
      if (ghost.current !== null) ghost.current.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`
      target = slotAt(event.clientX, event.clientY)
      setOver(target)
    }
    const finish = (drop: boolean) => {
      stop.current()
      if (!moving) return
      ended.current = true
      setTimeout(() => (ended.current = false)) // after the click that the browser makes of it
      if (drop && target !== '') onDrop(what, slotOfKey(target))
    }
    const up = () => finish(true)
    const cancel = () => finish(false)
    const key = (event: KeyboardEvent) => event.key === 'Escape' && finish(false)
    stop.current = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', key)
      setDragged(null)
      setOver('')
      stop.current = () => {}
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', key)
  }

  return { dragged, over, begin, swallow: () => ended.current, ghost }
}
