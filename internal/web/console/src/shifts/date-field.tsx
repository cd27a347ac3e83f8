import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../text/words'
import { addDays, readDate, writeDate } from './dates'
import { words } from './words'

interface DateFieldProps {
  label: string
  value: string
  onChange: (iso: string) => void
  testId?: string
}

/**
 * A date, written 25/11/2026 whatever the browser's language. Arrow up and down change
 * it by a day; what is no date is said beside the field and changes nothing.
 */
export function DateField({ label, value, onChange, testId }: DateFieldProps) {
  const { w } = useWords(words)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && readDate(typed) === ''
  const step = (days: number) => {
    setTyped(null)
    onChange(addDays(value, days))
  }
  return (
    <TextInput
      label={label}
      w={150}
      inputMode="numeric"
      placeholder="25/11/2026"
      value={typed ?? writeDate(value)}
      error={wrong ? w('dateWrong') : null}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const iso = readDate(text)
        if (iso !== '') onChange(iso)
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        step(event.key === 'ArrowUp' ? 1 : -1)
      }}
      data-testid={testId}
    />
  )
}
