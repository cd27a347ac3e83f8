// The page "Gọi 1022": mounts into <div id="call1022"> of the server's page. Plain
// DOM, so that it is small on a telephone's network.
import type { Words } from '../api/types'
import { Call, type Progress } from './call'
import { element, keypad, show, speak } from './dom'
import { labels, steps } from './strings'
import './call1022.css'

function mount(root: HTMLElement): void {
  let call: Call | null = null

  const status = element('p', { 'data-testid': 'call-status', role: 'status', 'aria-live': 'polite' })
  const dial = button('call-1022', 'call1022-dial', labels.call, () => {
    call = new Call(progressed)
    void call.begin()
  })
  const hangUp = button('hangup-1022', 'call1022-hangup', labels.hangUp, () => call?.hangUp())
  const keys = keypad((key) => call?.press(key))
  root.replaceChildren(status, dial, hangUp, keys)
  progressed({ step: 'idle', words: null })

  function progressed({ step, words }: Progress): void {
    const running = step === 'microphone' || step === 'connecting' || step === 'talking'
    root.dataset.step = step
    status.dataset.step = step
    speak(status, words ?? steps[step])
    speak(dial, step === 'ended' ? labels.again : labels.call)
    show(dial, !running)
    show(hangUp, running)
    show(keys, step === 'talking')
    if (!running) call = null
  }

  document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (!ctrlKey && !metaKey && !altKey && /^[0-9*#]$/.test(key)) call?.press(key)
  })
  // A citizen who closes the page has hung up.
  window.addEventListener('pagehide', () => call?.hangUp())
}

function button(testID: string, style: string, words: Words, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: style, 'data-testid': testID })
  speak(made, words)
  made.addEventListener('click', press)
  return made
}

const root = document.getElementById('call1022')
if (root !== null) mount(root)
