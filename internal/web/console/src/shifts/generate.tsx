import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useWords } from '../text/words'
import { DateField } from './date-field'
import { addDays, daysBetween, todayIso } from './dates'
import { shortSlot } from './slot-text'
import type { Assignment, Generated, Plan } from './types'
import { words } from './words'

/** Makes a plan: first to look at, then to keep. */
export function GenerateDialog({ plan, onClose, onApplied }: { plan: Plan; onClose: () => void; onApplied: () => void }) {
  const { w, pick } = useWords(words)
  const tomorrow = addDays(todayIso(), 1)
  const [from, setFrom] = useState(tomorrow)
  const [to, setTo] = useState(addDays(tomorrow, 13))
  const [keep, setKeep] = useState(true)
  const [made, setMade] = useState<Generated | null>(null)
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)

  const ask = async (apply: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      setMade(await api<Generated>('POST', '/roster/generate', { from, days: daysBetween(from, to) + 1, keep, apply }))
      if (apply) onApplied()
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  // What was looked at is not what would be made of other dates.
  const change = (set: () => void) => {
    setMade(null)
    set()
  }

  return (
    <Modal opened onClose={onClose} title={w('generateTitle')} size="lg">
      <Stack data-testid="generate-dialog" data-applied={made?.applied ?? false}>
        <Group align="start">
          <DateField label={w('fromDate')} value={from} onChange={(iso) => change(() => setFrom(iso))} testId="generate-from" />
          <DateField label={w('toDate')} value={to} onChange={(iso) => change(() => setTo(iso))} testId="generate-to" />
        </Group>
        <Checkbox label={w('keep')} checked={keep} onChange={(event) => change(() => setKeep(event.currentTarget.checked))} />
        {!keep && <Text c="orange.9">{w('keepNot')}</Text>}
        {plan.needed > 0 && <Text c={plan.staff < plan.needed ? 'red.9' : 'gray.7'}>{w('needed', { needed: plan.needed, staff: plan.staff })}</Text>}
        {problem !== null && (
          <Alert color="red" role="alert">
            {pick(problem)}
          </Alert>
        )}
        {made !== null && <Made made={made} plan={plan} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {w(made?.applied ? 'closeSaid' : 'cancel')}
          </Button>
          {made === null && (
            <Button loading={busy} onClick={() => void ask(false)} data-testid="generate-preview">
              {w('preview')}
            </Button>
          )}
          {made !== null && !made.applied && (
            <Button loading={busy} disabled={made.added.length + made.removed.length === 0} onClick={() => void ask(true)} data-testid="generate-apply">
              {w('apply')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function Made({ made, plan }: { made: Generated; plan: Plan }) {
  const { w, pick } = useWords(words)
  const { shortfall, added, removed } = made
  const short = shortfall.filled < shortfall.wanted
  return (
    <Stack gap="xs" data-testid="generated">
      <Alert color={short ? 'orange' : 'green'} role="status">
        <Text>
          {w('filled', { filled: shortfall.filled, wanted: shortfall.wanted })} {short ? '' : w('allFilled')}
        </Text>
        {short && (
          <Text fw={600} mt={4} data-testid="shortfall">
            {pick(shortfall)}
          </Text>
        )}
      </Alert>
      {made.applied ? (
        <Text fw={600}>{w('applied')}</Text>
      ) : (
        <>
          {added.length + removed.length === 0 && <Text>{w('noChange')}</Text>}
          <Rows title={w('added', { n: added.length })} rows={added} plan={plan} />
          <Rows title={w('removed', { n: removed.length })} rows={removed} plan={plan} />
        </>
      )}
    </Stack>
  )
}

function Rows({ title, rows, plan }: { title: string; rows: Assignment[]; plan: Plan }) {
  const { language } = useWords(words)
  if (rows.length === 0) return null
  const slots = new Map<string, string[]>()
  for (const a of rows) {
    const slot = shortSlot(a, plan.shifts, language)
    slots.set(slot, [...(slots.get(slot) ?? []), a.name])
  }
  return (
    <details>
      <summary style={{ cursor: 'pointer', fontWeight: 600 }}>{title}</summary>
      <div style={{ maxHeight: 220, overflowY: 'auto' }}>
        {[...slots].map(([slot, people]) => (
          <Text key={slot} size="sm">
            {slot}: {people.join(', ')}
          </Text>
        ))}
      </div>
    </details>
  )
}
