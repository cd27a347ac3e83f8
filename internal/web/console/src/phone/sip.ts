// What the desk and the public page share of SIP over WebSocket: the user agent's
// settings and the handling of one session's media.
import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { Credential } from '../api/types'

/** Media options of every call: host candidates are enough, a dead STUN server costs 40 s. */
export const pcConfig: RTCConfiguration = { iceServers: [] }

/**
 * A user agent for the credential, not yet started. A lost socket is tried again
 * after 1 to 4 seconds: the server restarts in less.
 */
export function userAgent(credential: Credential, register: boolean): UA {
  const address = new URL(credential.ws, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return new UA({
    sockets: [new WebSocketInterface(address.href)],
    uri: credential.uri,
    authorization_user: credential.user,
    password: credential.password,
    register,
    register_expires: 60,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 4,
    user_agent: 'hotline1022',
  })
}

// The first host candidate is soon followed by those of the other interfaces.
const candidatesTogetherMs = 20
const otherCandidatesMs = 200

/**
 * Sends the session description as soon as a host candidate is known instead of when
 * gathering is complete (RFC 8829 §3.5.1 would allow more; Asterisk does not trickle),
 * and hands over the far end's sound when it is there.
 */
export function handleMedia(session: RTCSession, heard: (stream: MediaStream) => void): void {
  session.on('icecandidate', ({ candidate, ready }) => {
    setTimeout(ready, candidate.type === 'host' ? candidatesTogetherMs : otherCandidatesMs)
  })
  const watch = (connection: RTCPeerConnection) => {
    connection.addEventListener('track', ({ track, streams }) => heard(streams[0] ?? new MediaStream([track])))
  }
  if (session.connection) watch(session.connection)
  else session.on('peerconnection', ({ peerconnection }) => watch(peerconnection))
}

/** Counts the audio packets that have come from the far end. */
export async function packetsReceived(session: RTCSession): Promise<number> {
  let packets = 0
  const stats = await session.connection.getStats()
  stats.forEach((entry: RTCInboundRtpStreamStats) => {
    if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0
  })
  return packets
}
