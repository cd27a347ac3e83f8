// How a conversation sounds, in a word: from what WebRTC counts (W3C webrtc-stats).

/** Sums since the conversation began; times in seconds. */
export interface Counted {
  received: number
  lost: number
  jitter: number
  /** Null while the far end has told nothing. */
  roundTrip: number | null
}

export type Quality = 'good' | 'fair' | 'poor'

// Above these speech is troubled, and then hard to follow (ITU-T G.114 for delay; a
// jitter buffer hides about 30 ms).
const fair = { lost: 0.02, jitter: 0.03, roundTrip: 0.3 }
const poor = { lost: 0.08, jitter: 0.08, roundTrip: 0.8 }

/** The quality between two looks, or null when nothing came between them. */
export function qualityOf(before: Counted, now: Counted): Quality | null {
  const received = now.received - before.received
  const lost = Math.max(0, now.lost - before.lost)
  if (received + lost <= 0) return null
  const share = lost / (received + lost)
  const above = (limit: typeof fair) => share > limit.lost || now.jitter > limit.jitter || (now.roundTrip ?? 0) > limit.roundTrip
  if (above(poor)) return 'poor'
  return above(fair) ? 'fair' : 'good'
}

/** Adds up what a connection has counted. */
export function countedOf(stats: RTCStatsReport): Counted {
  const counted: Counted = { received: 0, lost: 0, jitter: 0, roundTrip: null }
  stats.forEach((entry: RTCInboundRtpStreamStats & { roundTripTime?: number }) => {
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
      counted.received += entry.packetsReceived ?? 0
      counted.lost += entry.packetsLost ?? 0
      counted.jitter = Math.max(counted.jitter, entry.jitter ?? 0)
    }
    if ((entry.type as string) === 'remote-inbound-rtp' && entry.roundTripTime !== undefined) counted.roundTrip = entry.roundTripTime
  })
  return counted
}
