import { Alert, Badge, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api, wordsOf } from '../api/client'
import type { Staff, Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import { DateField } from './date-field'
import { addDays, todayIso, writeDate } from './dates'
import { shortSlot } from './slot-text'
import { isLead, type Leave, type LeaveKind, type ShiftInfo, type Who } from './types'
import { words } from './words'

const kinds: readonly LeaveKind[] = ['annual', 'family', 'unpaid', 'sick', 'maternity', 'duty']
const stateColor: Record<Leave['state'], string> = { asked: 'blue', approved: 'green', refused: 'red', withdrawn: 'gray' }

interface Props {
  staff: Staff
  shifts: readonly ShiftInfo[]
  people: readonly Who[]
}

/** Who asks to be away, and what was decided. */
export function Leaves({ staff, shifts, people }: Props) {
  const { w, pick } = useWords(words)
  const from = addDays(todayIso(), -7)
  const { data, problem, reload } = useLoad<{ leaves: Leave[] }>(`/roster/leaves?from=${from}&days=92`, 30_000)
  const [refusal, setRefusal] = useState<Words | null>(null)
  const step = async (leave: Leave, name: 'approve' | 'refuse' | 'withdraw') => {
    try {
      await api('POST', `/roster/leaves/${encodeURIComponent(leave.id)}/${name}`)
      setRefusal(null)
    } catch (error) {
      setRefusal(wordsOf(error))
    }
    reload()
  }
  const shown = problem ?? refusal
  return (
    <Stack gap="sm">
      <Title order={2} fz="lg">
        {w('leaves')}
      </Title>
      <AskLeave staff={staff} people={people} onAsked={reload} />
      {shown !== null && (
        <Alert color="red" role="alert">
          {pick(shown)}
        </Alert>
      )}
      {data?.leaves.length === 0 && <Text c="gray.7">{w('noLeaves')}</Text>}
      {[...(data?.leaves ?? [])].sort((a, b) => Number(b.state === 'asked') - Number(a.state === 'asked')).map((leave) => (
        <LeaveCard key={leave.id} leave={leave} staff={staff} shifts={shifts} onStep={(name) => void step(leave, name)} />
      ))}
    </Stack>
  )
}

function LeaveCard({ leave, staff, shifts, onStep }: { leave: Leave; staff: Staff; shifts: readonly ShiftInfo[]; onStep: (name: 'approve' | 'refuse' | 'withdraw') => void }) {
  const { w, language } = useWords(words)
  const own = leave.agent === staff.id
  const slots = leave.struck.map((slot) => shortSlot(slot, shifts, language)).join(', ')
  const dates = leave.from === leave.to ? writeDate(leave.from) : `${writeDate(leave.from)} – ${writeDate(leave.to)}`
  return (
    <Paper p="sm" data-testid="leave" data-state={leave.state} data-agent={leave.agent}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Text fw={600}>
            {leave.name} · {w(leave.kind)}
          </Text>
          <Text className="tick">{dates}</Text>
          {leave.reason !== '' && <Text c="gray.7">{leave.reason}</Text>}
          {slots !== '' && (
            <Text size="sm" c="orange.9">
              {w(leave.state === 'asked' ? 'struckWill' : 'struckDid', { slots })}
            </Text>
          )}
        </div>
        <Stack gap={6} align="end">
          <Badge tt="none" size="lg" variant="light" color={stateColor[leave.state]} c={`${stateColor[leave.state]}.9`}>
            {w(leave.state === 'refused' ? 'refusedState' : leave.state)}
          </Badge>
          {leave.state !== 'asked' && leave.by_name !== '' && (
            <Text size="sm" c="gray.7">
              {w('decidedBy', { name: leave.by_name })}
            </Text>
          )}
        </Stack>
      </Group>
      {leave.state === 'asked' && (
        <Group mt="xs" gap="xs">
          {isLead(staff) && !own && (
            <>
              <Button size="compact-md" onClick={() => onStep('approve')} data-testid="leave-approve">
                {w('approve')}
              </Button>
              <Button size="compact-md" variant="default" onClick={() => onStep('refuse')}>
                {w('refuse')}
              </Button>
            </>
          )}
          {own && (
            <Button size="compact-md" variant="default" onClick={() => onStep('withdraw')}>
              {w('withdraw')}
            </Button>
          )}
        </Group>
      )}
    </Paper>
  )
}

function AskLeave({ staff, people, onAsked }: { staff: Staff; people: readonly Who[]; onAsked: () => void }) {
  const { w, pick } = useWords(words)
  const tomorrow = addDays(todayIso(), 1)
  const [agent, setAgent] = useState(staff.role === 'agent' ? staff.id : '')
  const [from, setFrom] = useState(tomorrow)
  const [to, setTo] = useState(tomorrow)
  const [kind, setKind] = useState<LeaveKind>('annual')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api('POST', '/roster/leaves', { from, to, kind, reason, ...(agent === staff.id ? {} : { agent }) })
      setProblem(null)
      setReason('')
      onAsked()
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Paper p="sm" component="form" onSubmit={(event) => void ask(event as unknown as FormEvent)}>
      <Group align="start" gap="sm">
        {isLead(staff) && <Select label={w('forWhom')} w={190} searchable placeholder={w('choosePerson')} required withAsterisk={false} data={people.map((p) => ({ value: p.agent, label: p.name }))} value={agent || null} onChange={(value) => setAgent(value ?? '')} data-testid="leave-agent" />}
        <DateField
          label={w('fromDate')}
          value={from}
          onChange={(iso) => {
            setFrom(iso)
            if (to < iso) setTo(iso)
          }}
          testId="leave-from"
        />
        <DateField label={w('toDate')} value={to} onChange={setTo} testId="leave-to" />
        <Select label={w('kind')} w={170} allowDeselect={false} data={kinds.map((value) => ({ value, label: w(value) }))} value={kind} onChange={(value) => setKind((value as LeaveKind | null) ?? 'annual')} />
        <TextInput label={w('reason')} flex={1} miw={140} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-testid="leave-reason" />
        <Button type="submit" mt={25} loading={busy} disabled={agent === ''} data-testid="leave-ask">
          {w('askLeave')}
        </Button>
      </Group>
      {problem !== null && (
        <Alert color="red" mt="sm" role="alert">
          {pick(problem)}
        </Alert>
      )}
    </Paper>
  )
}
