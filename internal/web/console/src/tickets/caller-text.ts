import type { TicketRow } from '../api/types'
import { phone } from '../format/format'
import type { Text } from '../text/language'

/** The caller's number for people; the browser and a withheld number have a name. */
export function callerText({ caller, caller_vi }: Pick<TicketRow, 'caller' | 'caller_vi'>, t: Text['t']): string {
  if (caller.startsWith('web:')) return t('webCaller')
  return caller_vi || phone(caller) || t('hiddenNumber')
}
