// What the supervisor hears now, above everything else on the wallboard.
import { Button, CloseButton, Group } from '@mantine/core'
import { IconEar, IconMicrophone, IconPlayerStopFilled } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import type { EarState } from '../api/supervise'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import type { SupervisorSession, SupervisorState } from './session'
import classes from './supervise.module.css'

const overText: Record<EarState['ended'], TextKey> = {
  '': 'earOver',
  stopped: 'earOver',
  barged: 'earOver',
  agent_left: 'earAgentLeft',
  phone_gone: 'earPhoneGone',
  failed: 'earFailed',
  restarted: 'earRestarted',
}

const nobody = { ear: null, busy: false, problem: null, talking: false }
const never = () => () => {}

/** What the supervisor hears or has to know; null for who hears nothing. */
export function useHeard(supervisor: SupervisorSession | null): SupervisorState | null {
  const state = useSyncExternalStore(supervisor?.subscribe ?? never, supervisor?.getState ?? (() => nobody))
  const { ear, problem } = state
  const quiet = ear === null || ear.doing === 'signed_out' || (ear.doing === 'idle' && ear.ended === '')
  return problem === null && quiet && !state.talking ? null : state
}

export function EarStrip({ supervisor, heard }: { supervisor: SupervisorSession; heard: SupervisorState }) {
  const { t, pick } = useText()
  const { ear, problem } = heard
  if (problem !== null) {
    return (
      <div className={classes.strip} data-doing="problem" role="alert" data-testid="supervise-problem">
        <span>{pick(problem)}</span>
        <CloseButton aria-label={t('close')} onClick={() => supervisor.dismiss()} />
      </div>
    )
  }
  if (heard.talking && (ear === null || ear.doing === 'idle')) return <InConversation supervisor={supervisor} />
  if (ear === null) return null
  if (ear.doing === 'idle') {
    return (
      <div className={classes.strip} data-doing="idle" data-testid="ear-strip">
        <span>{t(overText[ear.ended], { name: ear.agent_name })}</span>
        <CloseButton aria-label={t('close')} onClick={() => supervisor.dismiss()} />
      </div>
    )
  }
  return <Hearing supervisor={supervisor} ear={ear} busy={heard.busy} />
}

/** The supervisor talks with citizen and agent. */
function InConversation({ supervisor }: { supervisor: SupervisorSession }) {
  const { t } = useText()
  return (
    <div className={classes.strip} data-doing="whispering" data-testid="ear-joined" role="status">
      <IconMicrophone />
      <strong>{t('joinedTalk')}</strong>
      <span className={classes.hint}>{t('joinedTalkHint')}</span>
      <Group gap="sm" ml="auto" wrap="nowrap">
        <Button color="red.9" leftSection={<IconPlayerStopFilled size={18} />} onClick={() => supervisor.leave()} data-testid="ear-leave">
          {t('leaveTalk')}
        </Button>
      </Group>
    </div>
  )
}

function Hearing({ supervisor, ear, busy }: { supervisor: SupervisorSession; ear: EarState; busy: boolean }) {
  const { t } = useText()
  const now = useNow()
  const whispers = ear.doing === 'whispering'
  const title = ear.doing === 'ringing' ? 'earRinging' : whispers ? 'earWhispering' : 'earListening'
  return (
    <div className={classes.strip} data-doing={ear.doing} data-testid="ear-strip" role="status">
      {whispers ? <IconMicrophone /> : <IconEar />}
      <strong>{t(title, { name: ear.agent_name })}</strong>
      {ear.doing !== 'ringing' && (
        <>
          <span className="tick">{duration(now - Date.parse(ear.since))}</span>
          <span className={classes.hint}>{t(whispers ? 'earWhisperingHint' : 'earListeningHint')}</span>
        </>
      )}
      <Group gap="sm" ml="auto" wrap="nowrap">
        {ear.doing !== 'ringing' && (
          <Button
            color={whispers ? 'gray.7' : 'orange.9'}
            loading={busy}
            leftSection={whispers ? <IconEar size={18} /> : <IconMicrophone size={18} />}
            onClick={() => void supervisor.listen(ear.agent, !whispers)}
            data-testid="ear-change"
          >
            {t(whispers ? 'listenOnly' : 'whisper')}
          </Button>
        )}
        <Button color="red.9" leftSection={<IconPlayerStopFilled size={18} />} onClick={() => void supervisor.stop()} data-testid="ear-stop">
          {t('stopListening')}
        </Button>
      </Group>
    </div>
  )
}
