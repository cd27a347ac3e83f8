import { Alert, Button, Center, Group, Loader, Paper, SegmentedControl, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconDeviceFloppy, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { api, ApiError, put, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { TryFlow } from '../ivr/try-flow'
import { useSpeaker } from '../ivr/use-speaker'
import { useWords } from '../text/words'
import { Code, Differences } from './code'
import { keepDraft, keptDraft, type Draft } from './draft'
import { FaultList } from './faults'
import { Versions } from './history'
import type { Checked, OpenDoc } from './types'
import { words } from './words'

type View = 'edit' | 'differences' | 'try' | 'history'

/** One document: it is edited and checked, compared, tried out, and then saved. */
export function DocumentEditor({ me, name }: { me: string; name: string }) {
  const { w, pick } = useWords(words)
  const { data: open, problem, reload } = useLoad<OpenDoc>(`/config/${name}`)
  const [draft, setDraft] = useState<Draft | null>(() => keptDraft(me, name))
  const [view, setView] = useState<View>('edit')
  const [why, setWhy] = useState('')
  const [said, setSaid] = useState<Words | null>(null)
  const [goTo, setGoTo] = useState<{ line: number } | null>(null)
  const [pressed, setPressed] = useState('')
  const speaker = useSpeaker()
  const text = draft?.text ?? open?.text ?? null
  const { checked, busy } = useCheck(name, text, pressed)
  const changed = open !== null && draft !== null && draft.text !== open.text
  const read = open !== null
  useEffect(() => {
    if (read) keepDraft(me, name, changed ? draft : null)
  }, [me, name, draft, changed, read])

  if (open === null || text === null) {
    return <Center mih="40vh">{problem === null ? <Loader /> : <Alert color="red">{pick(problem)}</Alert>}</Center>
  }
  const { document: doc } = open
  // What is at fault in other files is told too: it comes from this change.
  const faults = checked?.faults ?? []
  const own = faults.filter((fault) => fault.file === doc.file)
  const go = (line: number) => {
    setView('edit')
    setGoTo({ line })
  }
  const keep = (next: string) => {
    setSaid(null)
    setDraft({ text: next, base: draft?.base ?? open.base })
  }
  return (
    <Stack gap="sm" data-testid="document" data-name={doc.name} data-changed={changed} data-faults={checked === null ? '' : faults.length}>
      <Group justify="space-between">
        <Title order={1} fz={22}>
          {pick(doc)}
        </Title>
        <SegmentedControl
          value={view}
          onChange={(to) => {
            speaker.stop()
            setView(to as View)
          }}
          data={(['edit', 'differences', 'try', 'history'] as const)
            .filter((value) => value !== 'try' || doc.name === 'ivr')
            .map((value) => ({ value, label: <span data-testid={`view-${value}`}>{w(value)}</span> }))}
        />
      </Group>
      <Text size="sm" c="gray.7">
        {doc.file} · {w(doc.now ? 'atOnce' : 'nextStart')}
        {!doc.may && ` ${w('onlyAdmin')}`}
      </Text>
      {said !== null && (
        <Alert color="green" icon={<IconCheck />} role="status" data-testid="document-saved">
          {pick(said)}
        </Alert>
      )}
      {view === 'edit' && <Code label={w('textOf', { file: doc.file })} text={text} readOnly={!doc.may} faults={own} onChange={keep} goTo={goTo} />}
      {view === 'differences' && (
        <Save
          open={open}
          draft={draft ?? { text, base: open.base }}
          why={why}
          onWhy={setWhy}
          good={!busy && checked !== null && faults.length === 0}
          onOvertaken={(base) => {
            // What is shown now is the difference from what the other one saved: saving again is meant so.
            setDraft({ text, base })
            reload()
          }}
          onDiscard={() => {
            setDraft(null)
            reload()
          }}
          onSaved={(number, base) => {
            setSaid({ vi: `Đã lưu bản ${number}.`, en: `Version ${number} is saved.` })
            setDraft({ text, base })
            setWhy('')
            setView('edit')
            reload()
          }}
        />
      )}
      {view === 'history' && (
        <Versions
          open={open}
          onGoBack={(older, number) => {
            keep(older)
            setWhy(w('wentBack', { n: number }))
            setView('differences')
          }}
        />
      )}
      {view === 'try' && (checked?.flow ? <TryFlow flow={checked.flow} walk={checked.steps} problem={null} speaker={speaker} onPressed={setPressed} /> : <Paper>{w('mendFirst')}</Paper>)}
      {view !== 'history' && (
        <div aria-live="polite">
          {faults.length > 0 && <FaultList faults={faults} onGo={go} />}
          {faults.length === 0 && checked !== null && (
            <Text size="sm" c="green.9" data-testid="document-good">
              {w('good', { summary: checked.summary })}
            </Text>
          )}
        </div>
      )}
    </Stack>
  )
}

/** Asks the server about the text, a moment after the last key. */
function useCheck(name: string, text: string | null, pressed: string): { checked: Checked | null; busy: boolean } {
  const [settled] = useDebouncedValue(text, 300)
  const [answer, setAnswer] = useState<{ text: string; checked: Checked } | null>(null)
  useEffect(() => {
    if (settled === null) return
    // An answer that comes after the next question was asked is of no use.
    let asked = true
    api<Checked>('POST', `/config/${name}/check`, { text: settled, pressed }).then(
      (checked) => asked && setAnswer({ text: settled, checked }),
      () => {}, // saving says what is wrong
    )
    return () => {
      asked = false
    }
  }, [name, settled, pressed])
  return { checked: answer?.checked ?? null, busy: answer?.text !== text }
}

interface SaveProps {
  open: OpenDoc
  draft: Draft
  why: string
  onWhy: (why: string) => void
  good: boolean
  onDiscard: () => void
  onSaved: (number: number, base: string) => void
  /** Somebody else has saved meanwhile. */
  onOvertaken: (base: string) => void
}

function Save({ open, draft, why, onWhy, good, onDiscard, onSaved, onOvertaken }: SaveProps) {
  const { w, pick } = useWords(words)
  const [confirm, setConfirm] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const { document: doc } = open
  const { text } = draft
  if (text === open.text) {
    return <Paper data-testid="nothing-changed">{w('nothingChanged')}</Paper>
  }
  const save = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { number, base } = await put<{ number: number; base: string }>(`/config/${doc.name}`, { text, base: draft.base, why, confirm })
      onSaved(number, base)
    } catch (error) {
      setProblem(wordsOf(error))
      setBusy(false)
      if (error instanceof ApiError && error.code === 'changed') api<OpenDoc>('GET', `/config/${doc.name}`).then(({ base }) => onOvertaken(base), () => {})
    }
  }
  return (
    <Stack gap="sm">
      <Differences before={open.text} after={text} label={w('differences')} unchanged={w('unchanged')} />
      {doc.may && (
        <Paper p="sm">
          <Stack gap="sm">
            <Textarea label={w('why')} placeholder={w('whyPlaceholder')} autosize minRows={1} maxLength={500} value={why} onChange={(event) => onWhy(event.currentTarget.value)} data-testid="document-why" />
            {doc.guarded && <TextInput label={w('confirm', { file: doc.file })} value={confirm} autoCapitalize="none" autoComplete="off" onChange={(event) => setConfirm(event.currentTarget.value)} data-testid="document-confirm" />}
            {problem !== null && (
              <Alert color="red" role="alert" data-testid="document-problem">
                {pick(problem)}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" leftSection={<IconX size={18} />} onClick={onDiscard} data-testid="document-discard">
                {w('discard')}
              </Button>
              <Button color={doc.guarded ? 'red.8' : undefined} leftSection={<IconDeviceFloppy size={18} />} disabled={!good || why.trim() === '' || (doc.guarded && confirm !== doc.file)} loading={busy} onClick={() => void save()} data-testid="document-save">
                {w(doc.now ? 'save' : 'saveOnly')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      )}
    </Stack>
  )
}
