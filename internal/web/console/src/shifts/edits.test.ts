import { expect, test } from 'vitest'
import { ApiError } from '../api/client'
import { carryOut, type Send } from './edits'

const lan = { agent: 'lan.nguyen', name: 'Nguyễn Thị Lan' }
const night = { date: '2026-11-25', shift: 'night' }
const noon = { date: '2026-11-26', shift: 'afternoon' }

function server(answer: unknown): { asked: unknown[][]; send: Send } {
  const asked: unknown[][] = []
  const send = (...request: unknown[]) => {
    asked.push(request)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  return { asked, send: send as Send }
}

test('each change is one request, so that none is left half done', async () => {
  const { asked, send } = server({ overridden: [] })
  await carryOut({ who: lan, from: null, to: night }, false, send)
  await carryOut({ who: lan, from: night, to: null }, true, send)
  await carryOut({ who: lan, from: night, to: noon }, false, send)
  expect(asked).toEqual([
    ['PUT', '/roster/assignments/2026-11-25/night/lan.nguyen', { force: false }],
    ['DELETE', '/roster/assignments/2026-11-25/night/lan.nguyen?force=true'],
    ['POST', '/roster/moves', { agent: 'lan.nguyen', from: night, to: noon, force: false }],
  ])
})

test('broken rules are told one by one', async () => {
  const problems = [{ vi: 'Nghỉ ít.', en: 'Too little rest.' }, { vi: 'Quá giờ.', en: 'Too many hours.' }]
  const { send } = server(new ApiError(409, 'rules_broken', { vi: 'Nghỉ ít. Quá giờ.', en: '' }, problems))
  expect(await carryOut({ who: lan, from: null, to: night }, false, send)).toEqual({ how: 'rules', problems })
})

test('another refusal cannot be forced', async () => {
  const words = { vi: 'Ca đã kết thúc.', en: 'The shift is over.' }
  const { send } = server(new ApiError(409, 'too_late', words))
  expect(await carryOut({ who: lan, from: null, to: night }, false, send)).toEqual({ how: 'failed', words })
})
