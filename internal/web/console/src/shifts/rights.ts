// What somebody may do, so that no button leads to a refusal. The server has the last word.
import type { Staff } from '../api/types'
import { isLead, type Sheet, type Sheets, type Swap, type Who } from './types'

type Person = Pick<Staff, 'id' | 'role'>

export type Step = 'accept' | 'decline' | 'withdraw' | 'approve' | 'reject'

/** The steps that somebody may take of a swap now. */
export function stepsOf(swap: Swap, staff: Person): Step[] {
  const steps: Step[] = []
  if (swap.state === 'proposed' && swap.to === staff.id) steps.push('accept', 'decline')
  if (swap.state === 'accepted' && isLead(staff) && swap.from !== staff.id && swap.to !== staff.id) steps.push('approve', 'reject')
  if ((swap.state === 'proposed' || swap.state === 'accepted') && swap.from === staff.id) steps.push('withdraw')
  return steps
}

/** Who has yet to read the sheet of the shift before is shown that one first. */
export function firstSheet(sheets: Sheets, agent: string): 'running' | 'last' {
  const unread = sheets.last !== null && sheets.last.state === 'written' && sheets.last.unread.some((who) => who.agent === agent)
  return unread ? 'last' : 'running'
}

/** What somebody may do with a sheet now. */
export function rightsOn(sheet: Sheet, staff: Person): { write: boolean; take: boolean } {
  const among = (people: readonly Who[]) => people.some((who) => who.agent === staff.id)
  return {
    write: sheet.state === 'open' && (isLead(staff) || among(sheet.outgoing) || among(sheet.staying)),
    take: sheet.state === 'written' && (isLead(staff) || among(sheet.incoming) || among(sheet.staying)) && !sheet.reads.some((who) => who.agent === staff.id),
  }
}
