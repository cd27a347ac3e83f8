// A server-sent event stream that comes back by itself, whatever the server does.

export interface FeedOptions {
  /** One function per event name; it gets the parsed JSON of the data line. */
  on: Record<string, (data: never) => void>
  onOpen?: () => void
  onLost?: () => void
  /** Silence after which the line is taken for dead and opened anew. */
  silenceMs?: number
}

const firstDelayMs = 500
const longestDelayMs = 4_000

/** Opens the stream and keeps it open until the returned function is called. */
export function openFeed(path: string, { on, onOpen, onLost, silenceMs }: FeedOptions): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let delay = firstDelayMs

  // EventSource comes back by itself after a cut, but gives up for good when the
  // server answers anything but 200, as a proxy does while the server restarts.
  const again = () => {
    source?.close()
    clearTimeout(watchdog)
    clearTimeout(retry)
    onLost?.()
    retry = setTimeout(open, delay)
    delay = Math.min(delay * 2, longestDelayMs)
  }
  const heard = () => {
    delay = firstDelayMs
    if (silenceMs === undefined) return
    clearTimeout(watchdog)
    watchdog = setTimeout(again, silenceMs)
  }
  const open = () => {
    source = new EventSource(`/api${path}`)
    source.onopen = () => {
      heard()
      onOpen?.()
    }
    source.onerror = again
    for (const [name, handle] of Object.entries(on)) {
      source.addEventListener(name, (event) => {
        heard()
        handle(JSON.parse((event as MessageEvent<string>).data) as never)
      })
    }
  }

  open()
  return () => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(watchdog)
  }
}
