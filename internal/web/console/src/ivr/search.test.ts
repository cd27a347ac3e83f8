import { expect, test } from 'vitest'
import { found, plain, type PromptRow } from './search'

const row = (key: string, text: string, made = false): PromptRow => ({ key, made, texts: { vi: { text, language: 'vi', length_ms: 1000, recorded: false } } })
const rows = [row('greet', 'Xin chào quý khách.'), row('emg_menu', 'Khẩn cấp: bấm phím hai. Đường dây nóng.'), row('position_2', 'Quý khách đang ở vị trí thứ hai.', true)]
const keys = (typed: string, made = false) => found(rows, typed, made).map((r) => r.key)

test('prompts are found without diacritics, by all words in any order', () => {
  expect(keys('khan cap')).toEqual(['emg_menu'])
  expect(keys('nong duong')).toEqual(['emg_menu'])
  expect(keys('KHÁCH')).toEqual(['greet'])
  expect(keys('')).toEqual(['greet', 'emg_menu'])
  expect(keys('nothing')).toEqual([])
})

test('those that are made by rule are there when asked for', () => expect(keys('khach', true)).toEqual(['greet', 'position_2']))

test('đ is d', () => expect(plain('Đường dây')).toBe('duong day'))
