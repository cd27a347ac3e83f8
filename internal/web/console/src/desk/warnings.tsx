// What stands between the agent and a good call, above everything else on the page.
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconMicrophoneOff, IconPlugConnectedX, IconVolumeOff } from '@tabler/icons-react'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import type { DeskSession } from './session'
import { inCall, type DeskState, type Notice } from './state'

const microphoneText: Record<Exclude<DeskState['microphone'], 'ready'>, TextKey> = {
  asking: 'microphoneAsking',
  refused: 'microphoneRefused',
  missing: 'microphoneMissing',
  busy: 'microphoneBusy',
  insecure: 'microphoneInsecure',
}

const noticeText: Record<Notice, TextKey> = {
  missed: 'noticeMissed',
  gave_up: 'noticeGaveUp',
  citizen_left: 'noticeCitizenLeft',
  taken: 'noticeTaken',
  desk_lost: 'noticeDeskLost',
  server_restarted: 'noticeServerRestarted',
  late_form_failed: 'noticeLateForm',
  recording_on: 'noticeRecordingOn',
}

export function Warnings({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t, pick } = useText()
  return (
    <>
      {state.microphone !== 'ready' && (
        <Alert color={state.microphone === 'asking' ? 'blue' : 'red'} icon={<IconMicrophoneOff />} variant="filled" data-testid="microphone-help" data-problem={state.microphone}>
          <Group justify="space-between" wrap="nowrap">
            <Text>{t(microphoneText[state.microphone])}</Text>
            {state.microphone !== 'asking' && (
              <Button variant="white" color="red" onClick={() => void desk.askForMicrophone()}>
                {t('tryAgain')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      {(state.feed === 'lost' || state.light === 'lost') && (
        <Alert color="orange" icon={<IconPlugConnectedX />} data-testid="connection-lost">
          {t(inCall(state) ? 'feedLostInCall' : state.feed === 'lost' ? 'feedLost' : 'lightLost')}
        </Alert>
      )}
      {state.soundHeld && state.phone === 'talking' && (
        <Alert color="red" icon={<IconVolumeOff />} variant="filled" data-testid="sound-held">
          <Group justify="space-between" wrap="nowrap">
            <Text>{t('soundHeld')}</Text>
            <Button variant="white" color="red" autoFocus onClick={() => desk.hearNow()}>
              {t('hearNow')}
            </Button>
          </Group>
        </Alert>
      )}
      {state.problem !== null && (
        <Alert color="red" withCloseButton closeButtonLabel={t('close')} onClose={() => desk.dismissNotice()} data-testid="desk-problem">
          {pick(state.problem)}
        </Alert>
      )}
      {state.notice !== null && (
        <Alert color="orange" withCloseButton closeButtonLabel={t('close')} onClose={() => desk.dismissNotice()} data-testid="desk-notice" data-notice={state.notice}>
          {t(noticeText[state.notice])}
        </Alert>
      )}
    </>
  )
}
