// The middle of the desk: nobody, a call that rings, or the conversation.
import { Badge, Button, Group, Kbd, Loader, Paper, Stack, Text } from '@mantine/core'
import { IconMicrophone, IconMicrophoneOff, IconPhone, IconPhoneOff, IconPhonePause, IconX } from '@tabler/icons-react'
import type { Kept } from '../api/types'
import { duration, phone } from '../format/format'
import { EmergencyOffer } from '../emergency/offer'
import { HandoverPanel } from '../emergency/panel'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { groupColor } from '../theme'
import { callerText } from '../tickets/caller-text'
import { KnownName, Pressed } from './citizen'
import { Level } from './level'
import classes from './call-panel.module.css'
import { CallVerbs, SentBy } from './call-verbs'
import { QualityWord } from './quality-word'
import { RecordingLight } from './recording-light'
import type { DeskSession } from './session'
import { stageOf, type DeskState } from './state'

interface Props {
  desk: DeskSession
  state: DeskState
}

interface TalkProps extends Props {
  choosing: boolean
  choose: (choosing: boolean) => void
}

const endedText: Record<NonNullable<DeskState['endedWhy']>, TextKey> = {
  citizen_hung_up: 'citizenHungUp',
  agent_hung_up: 'agentHungUp',
  desk_lost: 'deskLost',
  not_reached: 'endedNotReached',
  transferred: 'endedTransferred',
  taken_over: 'endedTakenOver',
  dropped: 'endedConsult',
  consult_over: 'endedConsult',
}

export function CallPanel({ desk, state, choosing, choose }: TalkProps) {
  const stage = stageOf(state)
  return (
    <Paper className={classes.panel} data-stage={stage} data-kept={state.agent.kept?.call} data-emergency={state.offer?.group === 'emergency' || undefined} data-testid="call-panel">
      {stage === 'idle' && (state.agent.kept === null ? <Idle state={state} /> : <OnHold kept={state.agent.kept} state={state} />)}
      {stage === 'incoming' && <Incoming desk={desk} state={state} />}
      {stage === 'answering' && <Answering desk={desk} state={state} />}
      {stage === 'talking' && <Talking desk={desk} state={state} choosing={choosing} choose={choose} />}
      {stage === 'wrap_up' && <Over state={state} />}
    </Paper>
  )
}

function Idle({ state }: { state: DeskState }) {
  const { t } = useText()
  const waiting = state.agent.state === 'available'
  return (
    <Stack align="center" justify="center" mih={300} gap="xs">
      {waiting ? <IconPhone size={56} color="var(--mantine-color-green-8)" /> : <IconPhonePause size={56} color="var(--mantine-color-orange-8)" />}
      <Text fz={26} fw={700}>
        {t(waiting ? 'idleAvailable' : 'idlePaused')}
      </Text>
      <Text c="gray.7">{t(waiting ? 'idleAvailableLead' : 'idlePausedLead')}</Text>
    </Stack>
  )
}

/** The desk was lost in conversation, and the citizen waits for it. */
function OnHold({ kept, state }: { kept: Kept; state: DeskState }) {
  const { t } = useText()
  const now = useNow()
  if (now > Date.parse(kept.until)) return <Idle state={state} />
  return (
    <Stack gap="lg" aria-live="polite">
      <Group wrap="nowrap">
        <Loader color="orange.8" />
        <Text fz={26} fw={700}>
          {t('keptTitle')}
        </Text>
      </Group>
      <Who state={{ ...state, offer: kept }} />
      <Text fz="lg">{t('keptLead')}</Text>
      <Text c="gray.7" className="tick">
        {t('keptLeft', { time: duration(Math.max(Date.parse(kept.until) - now, 0)) })}
      </Text>
    </Stack>
  )
}

function Incoming({ desk, state }: Props) {
  const { t } = useText()
  return (
    <Stack gap="lg">
      {state.offer?.group === 'emergency' ? (
        <EmergencyOffer offer={state.offer} />
      ) : (
        <Text fw={700} fz="lg" tt="uppercase">
          {t('incoming')}
        </Text>
      )}
      <SentBy state={state} />
      <Who state={state} />
      <Group grow preventGrowOverflow={false}>
        <Button size="xl" color="green.8" flex={2} autoFocus leftSection={<IconPhone />} rightSection={<Kbd>F2</Kbd>} onClick={() => desk.answer()} data-testid="answer">
          {t('answer')}
        </Button>
        <Button size="xl" color="red.8" variant="outline" flex={1} leftSection={<IconX />} onClick={() => desk.refuse()} data-testid="refuse">
          {t('refuse')}
        </Button>
      </Group>
    </Stack>
  )
}

function Answering({ desk, state }: Props) {
  const { t } = useText()
  return (
    <Stack gap="lg">
      <Text fw={700} fz="lg">
        {t(state.offer?.outbound === true ? 'callingCitizen' : 'answering')}
      </Text>
      <Who state={state} />
      <HangUp desk={desk} />
    </Stack>
  )
}

function Talking({ desk, state, choosing, choose }: TalkProps) {
  const { t } = useText()
  const now = useNow()
  return (
    <Stack gap="lg">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={700} fz="lg">
          {t('talking')}
        </Text>
        <Text className="tick" fz={44} fw={700} lh={1} data-testid="call-timer">
          {duration(state.talkingSince === null ? 0 : now - Date.parse(state.talkingSince))}
        </Text>
      </Group>
      <Who state={state} />
      <Group wrap="nowrap">
        <Level ear={desk.ear} />
        <QualityWord desk={desk} />
      </Group>
      {state.offer?.recorded === true && <RecordingLight desk={desk} state={state} />}
      <Group grow>
        <HangUp desk={desk} />
        <Button
          size="xl"
          variant={state.muted ? 'filled' : 'default'}
          color="orange.8"
          leftSection={state.muted ? <IconMicrophoneOff /> : <IconMicrophone />}
          onClick={() => desk.mute(!state.muted)}
          aria-pressed={state.muted}
          data-testid="mute"
        >
          {t(state.muted ? 'unmute' : 'mute')}
        </Button>
      </Group>
      {state.talk?.handover ? <HandoverPanel desk={desk} state={state} handover={state.talk.handover} /> : <CallVerbs desk={desk} state={state} choosing={choosing} choose={choose} />}
    </Stack>
  )
}

function Over({ state }: { state: DeskState }) {
  const { t } = useText()
  return (
    <Stack gap="lg">
      <Text fw={700} fz="lg">
        {t(state.endedWhy === null ? 'wrap_up' : endedText[state.endedWhy])}
      </Text>
      {state.offer !== null && <Who state={state} />}
    </Stack>
  )
}

function HangUp({ desk }: { desk: DeskSession }) {
  const { t } = useText()
  return (
    <Button size="xl" color="red.8" leftSection={<IconPhoneOff />} rightSection={<Kbd>F4</Kbd>} onClick={() => desk.hangUp()} data-testid="hangup">
      {t('hangUp')}
    </Button>
  )
}

/** Who calls and about what, as large as a number that is read aloud must be. */
function Who({ state }: { state: DeskState }) {
  const { t, pick } = useText()
  const { offer } = state
  if (offer === null) return <Number text={phone(state.phoneCaller) || t('hiddenNumber')} />
  const field = state.fields.find((f) => f.key === offer.field)
  return (
    <div>
      <KnownName state={state} />
      <Number text={callerText(offer, t)} />
      <Group gap="xs" mt="sm">
        {offer.group && (
          <Badge size="xl" tt="none" color={`${groupColor[offer.group]}.8`}>
            {t(offer.group)}
            {offer.service && ` · ${offer.service}`}
          </Badge>
        )}
        {field !== undefined && (
          <Badge size="xl" tt="none" color="gray.7" variant="outline">
            {pick(field)}
          </Badge>
        )}
        {offer.language === 'en' && (
          <Badge size="xl" tt="none" color="grape.8">
            {t('speaksEnglish')}
          </Badge>
        )}
        <Text c="gray.7">{t('waited', { time: duration(offer.waited_ms) })}</Text>
      </Group>
      <Pressed ticket={offer.ticket} />
    </div>
  )
}

function Number({ text }: { text: string }) {
  return (
    <Text className="tick" fz={44} fw={800} lh={1.15} data-testid="incoming-caller">
      {text}
    </Text>
  )
}
