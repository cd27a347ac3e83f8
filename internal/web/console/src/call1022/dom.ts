// The few things of the DOM that the calling page needs.
import type { Words } from '../api/types'
import { labels } from './strings'

export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Record<string, string>): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

/** Puts both languages into the element, the Vietnamese first. */
export function speak(into: HTMLElement, words: Words): void {
  const english = element('small', { lang: 'en' })
  english.textContent = words.en
  into.replaceChildren(words.vi, ' ', english)
}

export function show(what: HTMLElement, visible: boolean): void {
  what.hidden = !visible
}

/** Twelve keys as on a telephone; each press is told. */
export function keypad(press: (key: string) => void): HTMLElement {
  const pad = element('div', { class: 'call1022-keys', role: 'group', 'aria-label': `${labels.keypad.vi} / ${labels.keypad.en}` })
  for (const key of '123456789*0#') {
    const made = element('button', { type: 'button', 'data-testid': `key-${{ '*': 'star', '#': 'hash' }[key] ?? key}` })
    made.textContent = key
    made.addEventListener('click', () => press(key))
    pad.append(made)
  }
  return pad
}
