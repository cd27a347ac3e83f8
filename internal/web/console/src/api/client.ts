// Requests to the API of our own origin; the session is a cookie.
import { noteServerDate } from './clock'
import type { Words } from './types'

/** What the server answered instead of what was asked for, in words for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: Words,
    /** The sentences one by one, where the server refused for several reasons. */
    readonly problems: Words[] = [],
  ) {
    super(words.en)
  }
}

const unreachable: Words = {
  vi: 'Không liên lạc được với máy chủ. Hãy kiểm tra mạng rồi thử lại.',
  en: 'The server cannot be reached. Check the network and try again.',
}

/**
 * Sends a request and gives the JSON it answers, or undefined for 204. Throws
 * ApiError; status 0 means that no answer came at all.
 */
export async function api<T = void>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`/api${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': body instanceof Blob ? body.type : 'application/json' },
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
    })
  } catch {
    throw new ApiError(0, 'unreachable', unreachable)
  }
  noteServerDate(answer.headers.get('Date'))
  if (answer.status === 204) return undefined as T
  const json: unknown = await answer.json().catch(() => null)
  if (answer.ok && json !== null) return json as T
  const error = (json as { error?: { code: string; problems?: Words[] } & Words } | null)?.error
  // Another window of this browser has locked the console.
  if (error?.code === 'locked') window.dispatchEvent(new Event('hotline-locked'))
  const words = {
    vi: error?.vi ?? `Máy chủ trả lời mã ${answer.status}. Hãy thử lại sau ít phút.`,
    en: error?.en ?? `The server answered with status ${answer.status}. Try again in a few minutes.`,
  }
  throw new ApiError(answer.status, error?.code ?? 'unknown', words, error?.problems ?? [])
}

/** Replaces something: by what is told in JSON, or by a file. */
export function put<T = void>(path: string, body: unknown): Promise<T> {
  return api<T>('PUT', path, body)
}

/** The words of any error, for showing it. */
export function wordsOf(error: unknown): Words {
  if (error instanceof ApiError) return error.words
  const text = error instanceof Error ? error.message : String(error)
  return { vi: text, en: text }
}

/** A query string of what is not empty, with its question mark. */
export function query(fields: Record<string, string>): string {
  const set = Object.entries(fields).filter(([, value]) => value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`
}
