import { expect, test } from 'vitest'
import type { Staffing } from '../api/types'
import type { Language } from '../text/language'
import { strings, type TextKey } from '../text/strings'
import { adviceParts, adviceTitle } from './staffing'

const t = (language: Language) => (key: TextKey) => strings[key][language]
const line = (staffing: Staffing, language: Language) => {
  const parts = adviceParts(staffing, t(language)).map(({ word, figure }) => `${word} ${figure}`.trim())
  return `${adviceTitle(staffing, t(language))}: ${parts.join(' · ')}`
}
const advice = (change: Partial<Staffing>): Staffing => ({ reason: 'short', need: 8, have: 6, missing: 2, low: 6, high: 10, ...change }) as Staffing

test.each([
  [{}, 'Nhân lực: cần 8 · có 6 · thiếu 2', 'Staffing: need 8 · have 6 · missing 2'],
  [{ reason: 'enough', need: 5, missing: 0 }, 'Nhân lực: cần 5 · có 6 · đủ người', 'Staffing: need 5 · have 6 · enough'],
  [{ reason: 'overload', need: 14, missing: 8 }, 'Quá tải: cần 14 · có 6 · thiếu 8', 'Overload: need 14 · have 6 · missing 8'],
  [{ reason: 'too_few_calls', need: 0, missing: 0, have: 2, low: 1, high: 3 }, 'Nhân lực: cần 1–3 · có 2 · còn ít cuộc gọi', 'Staffing: need 1–3 · have 2 · few calls yet'],
] as [Partial<Staffing>, string, string][])('%j in words', (change, vi, en) => {
  expect(line(advice(change), 'vi')).toBe(vi)
  expect(line(advice(change), 'en')).toBe(en)
})
