// Dates of shifts as the API writes them, 2026-11-25, and as people do, 25/11/2026.
import { serverNow } from '../api/clock'
import { date as dateOf } from '../format/format'
import type { Language } from '../text/language'

const dayMs = 86_400_000

/** The date as the API writes it, or "" for what is no date. Reads 25/11/2026, 5-3-26 and 25.11.2026. */
export function readDate(text: string): string {
  const found = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})\s*$/.exec(text)
  if (found === null) return ''
  const [, day = '', month = '', year = ''] = found
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : '' // 31/02 is no date
}

/** 25/11/2026 */
export function writeDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-')
  return `${day}/${month}/${year}`
}

/** 25/11 */
export function dayMonth(iso: string): string {
  return writeDate(iso).slice(0, 5)
}

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** Whole days from one date to another, negative when the other comes before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(iso: string): number {
  return new Date(`${iso}T00:00:00Z`).getUTCDay()
}

/** The Monday of the date's week. */
export function monday(iso: string): string {
  return addDays(iso, -((weekday(iso) + 6) % 7))
}

/** The date in Việt Nam now, by the server's clock. */
export function todayIso(): string {
  return readDate(dateOf(serverNow()))
}

const weekdays: Record<Language, readonly string[]> = {
  vi: ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

export function weekdayName(day: number, language: Language): string {
  return weekdays[language][day] ?? ''
}

/** When a shift of that date begins and ends, in milliseconds. Việt Nam has one zone and no summer time. */
export function spanOf(date: string, shift: { from: string; to: string }): { from: number; to: number } {
  const at = (clock: string) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number)
    return Date.parse(`${date}T00:00:00+07:00`) + (hours * 60 + minutes) * 60_000
  }
  const from = at(shift.from)
  const to = at(shift.to)
  return { from, to: to > from ? to : to + dayMs }
}

/** Milliseconds as hours, with a half where there is one: 48, 7,5 in Vietnamese. */
export function hours(ms: number, language: Language): string {
  const text = String(Math.round(ms / 360_000) / 10)
  return language === 'vi' ? text.replace('.', ',') : text
}
