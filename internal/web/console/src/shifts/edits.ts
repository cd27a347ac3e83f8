// Changes of the plan: what is asked of the server, and what becomes of a refusal.
import { ApiError, api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import type { Slot, Who } from './types'

/** Puts somebody on a shift, takes them off one, or both at once. */
export interface Edit {
  who: Who
  from: Slot | null
  to: Slot | null
}

export type Outcome =
  | { how: 'done'; overridden: Words[] }
  /** Rules would be broken; nothing was done, and it may be asked again with force. */
  | { how: 'rules'; problems: Words[] }
  | { how: 'failed'; words: Words }

export type Send = typeof api

const path = ({ date, shift }: Slot, { agent }: Who) => `/roster/assignments/${date}/${encodeURIComponent(shift)}/${encodeURIComponent(agent)}`

export async function carryOut(edit: Edit, force: boolean, send: Send = api): Promise<Outcome> {
  try {
    const { overridden } = await ask(edit, force, send)
    return { how: 'done', overridden }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'rules_broken') {
      return { how: 'rules', problems: error.problems.length > 0 ? error.problems : [error.words] }
    }
    return { how: 'failed', words: wordsOf(error) }
  }
}

function ask({ who, from, to }: Edit, force: boolean, send: Send): Promise<{ overridden: Words[] }> {
  if (from !== null && to !== null) return send('POST', '/roster/moves', { agent: who.agent, from, to, force })
  if (to !== null) return send('PUT', path(to, who), { force })
  if (from !== null) return send('DELETE', `${path(from, who)}?force=${force}`)
  return Promise.resolve({ overridden: [] })
}
