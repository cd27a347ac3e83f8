import { expect, test } from 'vitest'
import { added, partsOf } from './parts'

test('a text is headings, lists and paragraphs', () => {
  expect(partsOf('Làm khi nào\n\n## Giấy tờ\n- Tờ khai\n- Bản chính\r\n\n- Ảnh\nCăn cứ')).toEqual([
    { kind: 'text', text: 'Làm khi nào' },
    { kind: 'heading', text: 'Giấy tờ' },
    { kind: 'list', items: ['Tờ khai', 'Bản chính'] },
    { kind: 'list', items: ['Ảnh'] },
    { kind: 'text', text: 'Căn cứ' },
  ])
  expect(partsOf('')).toEqual([])
  expect(partsOf('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }])
})

test('what is inserted stands at the end, and alone in an empty note', () => {
  expect(added('  ', 'A')).toBe('A')
  expect(added('Hỏi khai sinh.\n', 'A')).toBe('Hỏi khai sinh.\n\nA')
})
