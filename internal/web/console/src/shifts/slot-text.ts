import type { Language } from '../text/language'
import { dayMonth, weekday, weekdayName } from './dates'
import type { ShiftInfo, Slot } from './types'

/** A shift of a date in words: Ca sáng, Thứ tư 25/11. */
export function slotText(slot: Slot, shifts: readonly ShiftInfo[], language: Language): string {
  const name = shifts.find((s) => s.key === slot.shift)?.[language] ?? slot.shift
  return `${name}, ${weekdayName(weekday(slot.date), language)} ${dayMonth(slot.date)}`
}

const shortDays: Record<Language, readonly string[]> = {
  vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

/** The same for narrow places: Ca sáng T4 25/11. */
export function shortSlot(slot: Slot, shifts: readonly ShiftInfo[], language: Language): string {
  const name = shifts.find((s) => s.key === slot.shift)?.[language] ?? slot.shift
  return `${name} ${shortDays[language][weekday(slot.date)] ?? ''} ${dayMonth(slot.date)}`
}
