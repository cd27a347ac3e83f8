// The kinds of calls that a number on a page can be opened to, and where each is.
import { query } from '../api/client'
import { midnight } from '../api/use-pages'

export type Kind =
  | 'all' | 'inbound' | 'menu' | 'waiting' | 'ringing' | 'talking' | 'entered' | 'answered' | 'in_time' | 'abandoned'
  | 'gave_up' | 'served' | 'failed' | 'voicemail' | 'callback'

export const kinds: readonly Kind[] = [
  'all', 'inbound', 'menu', 'waiting', 'ringing', 'talking', 'entered', 'answered', 'in_time', 'abandoned', 'gave_up', 'served', 'failed', 'voicemail', 'callback',
]

// What the API is asked for each; the numbers are of citizens' calls.
const asks: Record<Kind, string> = {
  all: '',
  inbound: 'direction=inbound',
  menu: 'direction=inbound&stage=arriving&stage=menu',
  waiting: 'stage=waiting',
  ringing: 'direction=inbound&stage=ringing',
  talking: 'direction=inbound&stage=talking',
  entered: 'direction=inbound&line=entered',
  answered: 'direction=inbound&line=answered',
  in_time: 'direction=inbound&line=in_time',
  abandoned: 'direction=inbound&line=abandoned',
  gave_up: 'direction=inbound&result=abandoned',
  served: 'direction=inbound&result=served',
  failed: 'direction=inbound&result=failed',
  voicemail: 'direction=inbound&result=voicemail',
  callback: 'direction=inbound&result=callback',
}

/** What a list of calls is narrowed to; it is the query of the page's own address. */
export interface CallsWanted {
  kind?: Kind | undefined
  queue?: string | undefined
  agent?: string | undefined
  /** Dates in Việt Nam, both included. */
  from?: string | undefined
  to?: string | undefined
  /** Seconds, of in_time. */
  within?: number | undefined
}

export function callsHref({ kind = 'all', queue = '', agent = '', from = '', to = '', within }: CallsWanted): string {
  return `/calls${query({ of: kind === 'all' ? '' : kind, queue, agent, from, to, within: within === undefined ? '' : String(within) })}`
}

/** The query string for the API. */
export function callsQuery({ kind = 'all', queue = '', agent = '', from = '', to = '', within }: CallsWanted): string {
  const rest = query({ queue, agent, since: midnight(from), until: midnight(to, 1), within: within === undefined ? '' : `${within}s` }).slice(1)
  const all = [asks[kind], rest].filter((part) => part !== '').join('&')
  return all === '' ? '' : `?${all}`
}

export function kindOf(text: string | null): Kind {
  return kinds.find((kind) => kind === text) ?? 'all'
}
