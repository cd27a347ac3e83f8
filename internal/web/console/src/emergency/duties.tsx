// Citizens who hung up before their emergency was handed over: above everything else at
// the desk until somebody has reached them.
import { Anchor, Badge, Button, Group, Modal, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Session } from '../account/types'
import { useLoad } from '../api/use-load'
import { usePeople } from '../desk/people'
import type { DeskSession } from '../desk/session'
import { stageOf, type DeskState } from '../desk/state'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useWords } from '../text/words'
import { serviceName } from './services'
import type { Duty, DutyStep, Emergencies } from './types'
import { words } from './words'

const oftenMs = 3_000

export function Duties({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { w, pick } = useWords(words)
  const now = useNow()
  const { data, reload } = useLoad<Emergencies>('/emergency', oftenMs)
  const { data: session } = useLoad<Session>('/session')
  const [closing, setClosing] = useState<Duty | null>(null)
  const owed = (data?.callbacks ?? []).filter((d) => !d.done).sort((a, b) => Date.parse(a.since) - Date.parse(b.since))
  const people = usePeople(owed.some((d) => d.taken_by !== ''))
  if (owed.length === 0) return null
  const note = async (duty: Duty, how: DutyStep, why = ''): Promise<boolean> => {
    const noted = await desk.noteDuty(duty.call, how, why)
    reload()
    return noted
  }
  const take = async (duty: Duty) => {
    if ((await note(duty, 'taken')) && isNumber(duty.caller)) await desk.callOwed(duty.ticket)
  }
  const idle = stageOf(state) === 'idle'
  return (
    <Paper p="md" style={{ borderWidth: 2, borderColor: 'var(--mantine-color-red-8)' }} data-testid="duties">
      <Title order={2} fz="md" c="red.9" mb="xs">
        {w('duties')}
      </Title>
      <Stack gap="xs">
        {owed.map((duty) => (
          <Group key={duty.call} justify="space-between" data-testid="duty" data-call={duty.call} data-overdue={duty.overdue}>
            <Group gap="sm">
              <Text fw={800} fz="lg" className="tick">
                {duty.caller_vi || duty.caller}
              </Text>
              <Text fw={600}>{serviceName(data?.services ?? [], duty.service, pick)}</Text>
              <Text className="tick" fw={700} c={duty.overdue ? 'red.9' : undefined}>
                {w('dutySince', { time: duration(now - Date.parse(duty.since)) })}
              </Text>
              {duty.overdue && <Badge color="red.8">{w('dutyOverdue')}</Badge>}
              {duty.tries > 0 && <Text>{w('dutyTries', { n: duty.tries })}</Text>}
              {duty.taken_by !== '' && <Text>{w('dutyTaken', { who: duty.taken_by === state.agentID ? w('you') : people.name(duty.taken_by) })}</Text>}
              <Anchor component={Link} href={`/tickets/${duty.ticket}`} className="tick">
                {duty.ticket}
              </Anchor>
            </Group>
            <Group gap="xs">
              <Button
                color="green.8"
                disabled={!idle}
                leftSection={<IconPhoneOutgoing size={18} />}
                onClick={() => void take(duty)}
                data-testid="duty-call"
              >
                {w(isNumber(duty.caller) ? 'dutyCall' : 'dutyTake')}
              </Button>
              <Button variant="default" onClick={() => void note(duty, 'no_answer')} data-testid="duty-no-answer">
                {w('dutyNoAnswer')}
              </Button>
              <Button variant="default" onClick={() => void note(duty, 'reached')} data-testid="duty-reached">
                {w('dutyReached')}
              </Button>
              {session?.may.includes('lead_shift') === true && (
                <Button variant="subtle" color="red.9" onClick={() => setClosing(duty)} data-testid="duty-close">
                  {w('dutyClose')}
                </Button>
              )}
            </Group>
          </Group>
        ))}
      </Stack>
      <CloseDialog duty={closing} onClose={() => setClosing(null)} onSure={(duty, why) => void note(duty, 'closed', why)} />
    </Paper>
  )
}

// Who called from a browser, or withheld their number, has none to be called at.
function isNumber(caller: string): boolean {
  return caller.startsWith('+')
}

function CloseDialog({ duty, onClose, onSure }: { duty: Duty | null; onClose: () => void; onSure: (duty: Duty, why: string) => void }) {
  const { w } = useWords(words)
  const [why, setWhy] = useState('')
  const done = () => {
    setWhy('')
    onClose()
  }
  return (
    <Modal opened={duty !== null} onClose={done} title={w('dutyClose')} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (duty !== null) onSure(duty, why.trim())
          done()
        }}
      >
        <Group align="end" wrap="nowrap">
          <TextInput flex={1} label={w('dutyWhy')} maxLength={500} required data-autofocus value={why} onChange={(event) => setWhy(event.currentTarget.value)} data-testid="duty-why" />
          <Button type="submit" color="red.8" disabled={why.trim() === ''} data-testid="duty-sure">
            {w('dutyClose')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
