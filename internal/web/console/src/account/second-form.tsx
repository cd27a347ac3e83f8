// The second factor, in three steps: the password, the picture and its first code, the
// recovery codes.
import { Alert, Button, Center, Code, Image, PasswordInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useText } from '../text/language'
import type { Enrolment } from './types'

export function SecondForm({ lead, onDone }: { lead: string; onDone: () => void }) {
  const { t } = useText()
  const [made, setMade] = useState<Enrolment | null>(null)
  const [recovery, setRecovery] = useState<string[] | null>(null)

  if (recovery !== null) {
    return (
      <Stack data-testid="second-recovery">
        <Title order={3} fz="lg">
          {t('recoveryTitle')}
        </Title>
        <Text c="gray.7">{t('recoveryLead')}</Text>
        <SimpleGrid cols={2} spacing="xs">
          {recovery.map((code) => (
            <Code key={code} fz="md" p="xs" ta="center" data-testid="recovery-code">
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Button size="md" onClick={onDone} data-testid="second-done">
          {t('recoveryDone')}
        </Button>
      </Stack>
    )
  }
  if (made !== null) {
    return (
      <Step button={t('secondFinish')} testid="second-confirm" send={async (fields) => setRecovery((await api<{ recovery_codes: string[] }>('PUT', '/session/totp', { code: fields.get('code') })).recovery_codes)}>
        <Text>{t('secondScan')}</Text>
        <Center>
          <Image src={made.image} w={220} h={220} alt={made.url} data-testid="second-picture" />
        </Center>
        <Code fz="md" p="xs" ta="center" data-testid="second-secret">
          {made.secret}
        </Code>
        <TextInput name="code" label={t('secondConfirm')} size="md" required autoFocus inputMode="numeric" autoComplete="one-time-code" withAsterisk={false} data-testid="second-code" />
      </Step>
    )
  }
  return (
    <Step button={t('secondBegin')} testid="second-begin" send={async (fields) => setMade(await api<Enrolment>('POST', '/session/totp', { password: fields.get('password') }))}>
      <Text c="gray.7">{lead}</Text>
      <PasswordInput name="password" label={t('oldPassword')} size="md" required autoComplete="current-password" withAsterisk={false} data-testid="second-password" />
    </Step>
  )
}

/** A form that sends, and says what went wrong. */
function Step({ children, button, testid, send }: { children: ReactNode; button: string; testid: string; send: (fields: FormData) => Promise<void> }) {
  const { pick } = useText()
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await send(new FormData(event.currentTarget))
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {problem !== null && (
          <Alert color="red" role="alert">
            {pick(problem)}
          </Alert>
        )}
        {children}
        <Button type="submit" size="md" loading={busy} data-testid={testid}>
          {button}
        </Button>
      </Stack>
    </form>
  )
}
