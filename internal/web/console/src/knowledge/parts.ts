// The little that an article's text can say of its shape.

export type Part = { kind: 'heading' | 'text'; text: string } | { kind: 'list'; items: string[] }

/** A text by its lines: "## " begins a heading, "- " an item; an empty line ends a list. */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  let open = false
  for (const line of body.split(/\r?\n/).map((l) => l.trim())) {
    const last = parts.at(-1)
    if (line.startsWith('- ')) {
      if (open && last?.kind === 'list') last.items.push(line.slice(2))
      else parts.push({ kind: 'list', items: [line.slice(2)] })
    } else if (line.startsWith('## ')) parts.push({ kind: 'heading', text: line.slice(3) })
    else if (line !== '') parts.push({ kind: 'text', text: line })
    open = line.startsWith('- ')
  }
  return parts
}

/** A note with something more at its end. */
export function added(note: string, text: string): string {
  return note.trim() === '' ? text : `${note.trimEnd()}\n\n${text}`
}
