// What an agent may do with a conversation: hold it, give it away, bring others in.
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowBack, IconArrowForwardUp, IconPlayerPause, IconPlayerPlay, IconTransfer, IconUsers, IconUserX } from '@tabler/icons-react'
import type { Talk, TalkParty } from '../api/types'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { usePeople, type People } from './people'
import type { DeskSession } from './session'
import type { DeskState } from './state'
import { TransferDialog } from './transfer-dialog'

const plain: Omit<Talk, 'call'> = { lead: true, held: false, held_since: null, reminded: 0, parties: [] }

interface Props {
  desk: DeskSession
  state: DeskState
  /** Whether the agent is choosing to whom. */
  choosing: boolean
  choose: (choosing: boolean) => void
}

export function CallVerbs({ desk, state, choosing, choose }: Props) {
  const people = usePeople(choosing || (state.talk?.parties.length ?? 0) > 0)
  if (state.offer === null) return null
  const talk = state.talk ?? { call: state.offer.call, ...plain }
  const aside = talk.parties.find((p) => p.standing !== 'talking')
  return (
    <Stack gap="md" data-testid="call-verbs" data-held={talk.held} data-lead={talk.lead}>
      {talk.held && <Held talk={talk} />}
      {talk.lead && aside !== undefined && <Aside desk={desk} party={aside} people={people} />}
      {talk.lead && aside === undefined && <Alone desk={desk} talk={talk} onTransfer={() => choose(true)} />}
      {talk.parties
        .filter((p) => p.standing === 'talking')
        .map((p) => (
          <Group key={p.leg} justify="space-between" data-testid="talk-party" data-leg={p.leg}>
            <Text fw={600}>
              <WhoIs party={p} people={people} of="alsoHere" />
            </Text>
            {talk.lead && (
              <Button variant="default" leftSection={<IconUserX size={18} />} onClick={() => void desk.drop(p.leg)} data-testid="drop">
                <Words of="drop" />
              </Button>
            )}
          </Group>
        ))}
      <TransferDialog desk={desk} opened={choosing} people={people} self={state.agentID} onClose={() => choose(false)} />
    </Stack>
  )
}

function Words({ of }: { of: TextKey }) {
  const { t } = useText()
  return <>{t(of)}</>
}

function Held({ talk }: { talk: Talk }) {
  const { t } = useText()
  const now = useNow()
  const time = duration(talk.held_since === null ? 0 : now - Date.parse(talk.held_since))
  return (
    <Alert color={talk.reminded > 0 ? 'red' : 'orange'} icon={<IconPlayerPause />} variant={talk.reminded > 0 ? 'filled' : 'light'} role="status" data-testid="held" data-reminded={talk.reminded}>
      <Text fw={700}>{t('heldFor', { time })}</Text>
    </Alert>
  )
}

function Alone({ desk, talk, onTransfer }: { desk: DeskSession; talk: Talk; onTransfer: () => void }) {
  const { t } = useText()
  const several = talk.parties.length > 0
  return (
    <Group grow>
      {talk.held ? (
        <Button size="lg" color="green.8" leftSection={<IconPlayerPlay />} onClick={() => void desk.verb('resume')} data-testid="resume">
          {t('resume')}
        </Button>
      ) : (
        <Button size="lg" variant="default" leftSection={<IconPlayerPause />} disabled={several} onClick={() => void desk.verb('hold')} data-testid="hold">
          {t('hold')}
        </Button>
      )}
      <Button size="lg" variant="default" leftSection={<IconTransfer />} disabled={several} onClick={onTransfer} data-testid="transfer">
        {t('transfer')}
      </Button>
    </Group>
  )
}

function Aside({ desk, party, people }: { desk: DeskSession; party: TalkParty; people: People }) {
  const { t } = useText()
  const answered = party.standing === 'asked'
  return (
    <Stack gap="xs" data-testid="aside" data-standing={party.standing}>
      <Text fw={600}>
        <WhoIs party={party} people={people} of={answered ? 'talksAside' : 'callingIn'} />
      </Text>
      <Group grow>
        {answered && (
          <>
            <Button size="lg" color="green.8" px="xs" leftSection={<IconArrowForwardUp />} onClick={() => void desk.verb('complete')} data-testid="complete">
              {t('complete')}
            </Button>
            <Button size="lg" variant="default" px="xs" leftSection={<IconUsers />} onClick={() => void desk.verb('conference')} data-testid="conference">
              {t('conference')}
            </Button>
          </>
        )}
        <Button size="lg" variant="default" px="xs" leftSection={<IconArrowBack />} onClick={() => void desk.verb('back')} data-testid="back">
          {t('backToCitizen')}
        </Button>
      </Group>
    </Stack>
  )
}

function WhoIs({ party, people, of }: { party: TalkParty; people: People; of: TextKey }) {
  const { t } = useText()
  return <>{t(of, { who: party.agent === '' ? party.number_vi || party.number : people.name(party.agent) })}</>
}

const sentText = { consult: 'sentConsult', transfer: 'sentTransfer', barge: 'sentBarge', take_over: 'sentTakeOver' } as const

/** Who sends a call that comes from a colleague, and what for. */
export function SentBy({ state }: { state: DeskState }) {
  const { t } = useText()
  const from = state.offer?.from ?? ''
  const people = usePeople(from !== '')
  if (state.offer?.how === undefined || from === '') return null
  return (
    <Badge size="xl" tt="none" color="grape.8" data-testid="sent-by" data-how={state.offer.how}>
      {t(sentText[state.offer.how], { who: people.name(from) })}
    </Badge>
  )
}
