// What a locked console shows: who has to unlock it, and the call, which goes on. What
// was on the screen is not behind it, it is not there at all.
import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore, type FormEvent } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { CallPanel } from '../desk/call-panel'
import type { DeskSession } from '../desk/session'
import { stageOf } from '../desk/state'
import { useAlert } from '../desk/use-alert'
import { useText } from '../text/language'
import { tellWindows } from './lock'
import type { Session } from './types'

const askAgainMs = 1_500

interface Props {
  session: Session
  desk: DeskSession | null
  /** Asks the server anew how things stand. */
  onChanged: () => void
}

export function LockScreen({ session, desk, onChanged }: Props) {
  const { t, pick } = useText()
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const elsewhere = session.way === 'sso'

  // Who signs in elsewhere does so in a window of its own, and this one finds out.
  useEffect(() => {
    if (!elsewhere) return
    const timer = setInterval(onChanged, askAgainMs)
    return () => clearInterval(timer)
  }, [elsewhere, onChanged])

  const unlock = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setProblem(null)
    try {
      await api('POST', '/session/unlock', { password: new FormData(form).get('password') })
      tellWindows()
      onChanged()
    } catch (error) {
      form.reset()
      setProblem(wordsOf(error))
      setBusy(false)
    }
  }

  return (
    <Center mih="100vh" p="md" bg="gray.1" data-testid="lock-screen">
      <Stack w={640} maw="100%" gap="lg">
        {desk !== null && <LockedCall desk={desk} />}
        <Paper p={40} shadow="sm">
          <form onSubmit={unlock}>
            <Stack gap="lg">
              <Stack align="center" gap="xs" ta="center">
                <IconLock size={48} color="var(--mantine-color-civic-8)" />
                <Title order={1} fz={26}>
                  {t('lockedTitle')}
                </Title>
                <Text c="gray.7">{t(elsewhere ? 'lockedSSOLead' : 'lockedLead', { name: session.user.name })}</Text>
              </Stack>
              {problem !== null && (
                <Alert color="red" role="alert">
                  {pick(problem)}
                </Alert>
              )}
              {elsewhere ? (
                <Button size="lg" onClick={() => window.open('/api/session/sso?in=popup', 'hotline-sso', 'popup,width=520,height=720')} data-testid="unlock-sso">
                  {t('signInAgain')}
                </Button>
              ) : (
                <>
                  <input type="hidden" name="username" autoComplete="username" value={session.user.id} />
                  <PasswordInput name="password" label={t('password')} size="md" required autoFocus autoComplete="current-password" withAsterisk={false} data-testid="unlock-password" />
                  <Button type="submit" size="lg" loading={busy} data-testid="unlock">
                    {t('unlock')}
                  </Button>
                </>
              )}
            </Stack>
          </form>
        </Paper>
      </Stack>
    </Center>
  )
}

/** The ringing card and the conversation; an idle desk is not shown. */
function LockedCall({ desk }: { desk: DeskSession }) {
  const state = useSyncExternalStore(desk.subscribe, desk.getState)
  const stage = stageOf(state)
  const [choosing, choose] = useState(false)
  useAlert(desk, state)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const pressed =
        event.key === 'F2' && stage === 'incoming'
          ? () => desk.answer()
          : event.key === 'F4' && (stage === 'talking' || stage === 'answering')
            ? () => desk.hangUp()
            : null
      if (pressed === null) return
      event.preventDefault()
      pressed()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [desk, stage])
  if (state.phase !== 'open' || stage === 'idle' || stage === 'wrap_up') return null
  return <CallPanel desk={desk} state={state} choosing={choosing} choose={choose} />
}
