import { Alert, Badge, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { api, query, wordsOf } from '../api/client'
import type { Staff, Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import { slotKey, slotOfKey } from './plan'
import { stepsOf, type Step } from './rights'
import { shortSlot, slotText } from './slot-text'
import type { Partner, ShiftInfo, Slot, Swap } from './types'
import { words } from './words'

const stateColor: Record<Swap['state'], string> = { proposed: 'blue', accepted: 'blue', declined: 'red', approved: 'green', rejected: 'red', withdrawn: 'gray' }

interface Props {
  staff: Staff
  shifts: readonly ShiftInfo[]
  /** Shifts of one's own that have not begun. */
  own: readonly Slot[]
}

/** Who gives which shift to whom, and what was decided. */
export function Swaps({ staff, shifts, own }: Props) {
  const { w, pick } = useWords(words)
  const { data, problem, reload } = useLoad<{ swaps: Swap[] }>('/roster/swaps', 30_000)
  const [refusal, setRefusal] = useState<Words | null>(null)
  const step = async (swap: Swap, name: Step) => {
    try {
      await api('POST', `/roster/swaps/${encodeURIComponent(swap.id)}/${name}`)
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
        {w('swaps')}
      </Title>
      {own.length > 0 && <AskSwap shifts={shifts} own={own} onAsked={reload} />}
      {shown !== null && (
        <Alert color="red" role="alert">
          {pick(shown)}
        </Alert>
      )}
      {data?.swaps.length === 0 && <Text c="gray.7">{w('noSwaps')}</Text>}
      {data?.swaps.map((swap) => (
        <SwapCard key={swap.id} swap={swap} staff={staff} shifts={shifts} onStep={(name) => void step(swap, name)} />
      ))}
    </Stack>
  )
}

function SwapCard({ swap, staff, shifts, onStep }: { swap: Swap; staff: Staff; shifts: readonly ShiftInfo[]; onStep: (name: Step) => void }) {
  const { w, language } = useWords(words)
  const strong: readonly Step[] = ['accept', 'approve']
  return (
    <Paper p="sm" data-testid="swap" data-state={swap.state}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Text fw={600}>{w('giveFor', { from: swap.from_name, give: shortSlot(swap.give, shifts, language), to: swap.to_name })}</Text>
          <Text>{swap.take === null ? w('forNothing') : w('inReturn', { take: shortSlot(swap.take, shifts, language) })}</Text>
          {swap.reason !== '' && <Text c="gray.7">{swap.reason}</Text>}
        </div>
        <Badge tt="none" size="lg" miw="max-content" variant="light" color={stateColor[swap.state]} c={`${stateColor[swap.state]}.9`}>
          {w(swap.state, { name: swap.to_name })}
        </Badge>
      </Group>
      <Group mt={6} gap="xs">
        {stepsOf(swap, staff).map((name) => (
          <Button key={name} size="compact-md" variant={strong.includes(name) ? 'filled' : 'default'} onClick={() => onStep(name)} data-testid={`swap-${name}`}>
            {w(name === 'reject' ? 'refuse' : name)}
          </Button>
        ))}
      </Group>
    </Paper>
  )
}

function AskSwap({ shifts, own, onAsked }: { shifts: readonly ShiftInfo[]; own: readonly Slot[]; onAsked: () => void }) {
  const { w, pick, language } = useWords(words)
  const [give, setGive] = useState<Slot | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [take, setTake] = useState('')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const partners = useLoad<{ partners: Partner[] }>(give === null ? null : `/roster/partners${query({ date: give.date, shift: give.shift })}`)
  const partner = partners.data?.partners.find((p) => p.agent === to)
  const choose = (slot: Slot | null) => {
    setGive(slot)
    setTo(null)
    setTake('')
  }
  const ask = async () => {
    setBusy(true)
    try {
      await api('POST', '/roster/swaps', { to, give, take: take === '' ? null : slotOfKey(take), reason })
      setProblem(null)
      choose(null)
      setReason('')
      onAsked()
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  const returns = [...(partner?.alone ? [{ value: '', label: w('forNothing') }] : []), ...(partner?.take.map((slot) => ({ value: slotKey(slot), label: slotText(slot, shifts, language) })) ?? [])]
  const shown = problem ?? partners.problem
  return (
    <Paper p="sm">
      <Group align="end" gap="sm">
        <Select
          label={w('giveShift')}
          placeholder={w('chooseShift')}
          w={230}
          data={own.map((slot) => ({ value: slotKey(slot), label: slotText(slot, shifts, language) }))}
          value={give === null ? null : slotKey(give)}
          onChange={(value) => choose(value === null ? null : slotOfKey(value))}
          data-testid="swap-give"
        />
        <Select
          label={w('partners')}
          w={190}
          searchable
          disabled={give === null || partners.data === null}
          data={partners.data?.partners.map((p) => ({ value: p.agent, label: p.name })) ?? []}
          value={to}
          onChange={(value) => {
            setTo(value)
            const next = partners.data?.partners.find((p) => p.agent === value)
            setTake(next === undefined || next.alone || next.take[0] === undefined ? '' : slotKey(next.take[0]))
          }}
        />
        <Select label={w('takeShift')} w={230} disabled={partner === undefined} allowDeselect={false} data={returns} value={partner === undefined ? null : take} onChange={(value) => setTake(value ?? '')} />
        <TextInput label={w('reason')} flex={1} miw={140} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Button loading={busy} disabled={partner === undefined} onClick={() => void ask()} data-testid="swap-ask">
          {w('askSwap')}
        </Button>
      </Group>
      {give !== null && partners.data?.partners.length === 0 && <Text mt="xs">{w('noPartners')}</Text>}
      {shown !== null && (
        <Alert color="red" mt="sm" role="alert">
          {pick(shown)}
        </Alert>
      )}
    </Paper>
  )
}
