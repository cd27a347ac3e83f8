// A text editor with line numbers, and faults beside their lines.
import { indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { unifiedMergeView } from '@codemirror/merge'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import type { Fault } from './types'

const look = EditorView.theme({
  '&': { fontSize: '14px', border: '1px solid var(--mantine-color-gray-4)', borderRadius: '8px', backgroundColor: 'white' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace', maxHeight: 'calc(100vh - 330px)', minHeight: '320px', overflow: 'auto' },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"…"' },
  // Greys that can be read.
  '.cm-gutters': { color: 'var(--mantine-color-gray-7)' },
})

// Marks a text that came from the page, and not from who types.
const given = Annotation.define<true>()

interface CodeProps {
  label: string
  text: string
  readOnly: boolean
  faults: readonly Fault[]
  onChange: (text: string) => void
  /** A line to be shown, and a new object for each time. */
  goTo: { line: number } | null
}

/** The text is the caller's; what is typed is told with each key. */
export function Code({ label, text, readOnly, faults, onChange, goTo }: CodeProps) {
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const tell = useRef(onChange)
  tell.current = onChange
  const first = useRef(text)

  useEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          basicSetup,
          yaml(),
          // Tab indents; Escape and then Tab leaves, as the library has it.
          keymap.of([indentWithTab]),
          lintGutter(),
          look,
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((t) => t.annotation(given))) tell.current(update.state.doc.toString())
          }),
        ],
      }),
    })
    editor.current = view
    return () => view.destroy()
  }, [readOnly, label])

  // Another text than what stands here came from elsewhere: from the server or the history.
  useEffect(() => {
    const view = editor.current
    first.current = text
    if (view === null || view.state.doc.toString() === text) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: given.of(true) })
  }, [text])

  useEffect(() => {
    const view = editor.current
    if (view === null) return
    const marks = faults.map((fault) => {
      const line = view.state.doc.line(Math.min(Math.max(fault.line, 1), view.state.doc.lines))
      return { from: line.from, to: line.to, severity: 'error' as const, message: fault.do === '' ? fault.what : `${fault.what}; ${fault.do}` }
    })
    view.dispatch(setDiagnostics(view.state, marks))
  }, [faults])

  useEffect(() => {
    const view = editor.current
    if (view === null || goTo === null) return
    const line = view.state.doc.line(Math.min(Math.max(goTo.line, 1), view.state.doc.lines))
    view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) })
    view.focus()
  }, [goTo])

  return <div ref={place} data-testid="code" />
}

/** What is different between two texts; unchanged parts are folded. */
export function Differences({ before, after, label, unchanged }: { before: string; after: string; label: string; unchanged: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: after,
        extensions: [
          basicSetup,
          yaml(),
          look,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorState.phrases.of({ '$ unchanged lines': unchanged }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
        ],
      }),
    })
    return () => view.destroy()
  }, [before, after, label, unchanged])
  return <div ref={place} data-testid="differences" />
}
