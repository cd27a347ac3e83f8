import { Alert, Button, Checkbox, Group, Loader, Modal, NumberInput, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import type { Member, ShiftInfo } from './types'
import { words } from './words'

const hourMs = 3_600_000

/** What everybody may be planned for. */
export function MembersDialog({ shifts, onClose }: { shifts: readonly ShiftInfo[]; onClose: () => void }) {
  const { w, pick } = useWords(words)
  const { data, problem } = useLoad<{ members: Member[] }>('/roster/members')
  return (
    <Modal opened onClose={onClose} title={w('membersTitle')} size={900}>
      <Text c="gray.7" mb="sm">
        {w('membersLead')}
      </Text>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {data === null && problem === null && <Loader />}
      {data !== null && (
        <Table verticalSpacing={4} stickyHeader stickyHeaderOffset={60} data-testid="members">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w('person')}</Table.Th>
              <Table.Th>{w('neverOn')}</Table.Th>
              <Table.Th>{w('weekly')}</Table.Th>
              <Table.Th>{w('onCall')}</Table.Th>
              <Table.Th w={110} aria-label={w('save')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.members.map((member) => (
              <MemberRow key={member.agent} member={member} shifts={shifts} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Modal>
  )
}

function MemberRow({ member, shifts }: { member: Member; shifts: readonly ShiftInfo[] }) {
  const { w, pick } = useWords(words)
  const [kept, setKept] = useState(member)
  const [now, setNow] = useState(member)
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const changed = now.weekly_ms !== kept.weekly_ms || now.on_call !== kept.on_call || now.never.join() !== kept.never.join()

  const save = async () => {
    setBusy(true)
    try {
      const { never, weekly_ms, on_call } = now
      await api('PUT', `/roster/members/${encodeURIComponent(member.agent)}`, { never, weekly_ms, on_call })
      setKept(now)
      setProblem(null)
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  const toggle = (shift: string) =>
    setNow({ ...now, never: shifts.map((s) => s.key).filter((key) => (key === shift ? !now.never.includes(key) : now.never.includes(key))) })

  return (
    <Table.Tr>
      <Table.Td>
        {member.name}
        {problem !== null && (
          <Text size="sm" c="red.9" role="alert">
            {pick(problem)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="sm">
          {shifts.map((s) => (
            <Checkbox key={s.key} size="xs" label={pick(s)} aria-label={`${member.name}: ${w('neverOn')} ${pick(s)}`} checked={now.never.includes(s.key)} onChange={() => toggle(s.key)} />
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <NumberInput
          size="xs"
          w={130}
          min={0}
          max={48}
          step={4}
          aria-label={`${member.name}: ${w('weekly')}`}
          placeholder={w('weeklyUsual')}
          value={now.weekly_ms === 0 ? '' : now.weekly_ms / hourMs}
          onChange={(value) => setNow({ ...now, weekly_ms: Math.round(Number(value) * hourMs) })}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox size="xs" aria-label={`${member.name}: ${w('onCall')}`} checked={now.on_call} onChange={(event) => setNow({ ...now, on_call: event.currentTarget.checked })} />
      </Table.Td>
      <Table.Td>
        <Button size="compact-sm" disabled={!changed} loading={busy} onClick={() => void save()}>
          {w('save')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
