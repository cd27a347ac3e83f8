import { Alert, Anchor, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { api, wordsOf } from '../api/client'
import type { Staff, Words } from '../api/types'
import { setLanguage, useText } from '../text/language'

export function SignInPage({ onSignedIn }: { onSignedIn: (staff: Staff) => void }) {
  const { t, pick, language } = useText()
  const [path, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Words | null>(null)

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    try {
      const { user } = await api<{ user: Staff }>('POST', '/session', { user: form.get('user'), password: form.get('password') })
      if (path === '/sign-in') go('/desk', { replace: true })
      onSignedIn(user)
    } catch (error) {
      setProblem(wordsOf(error))
      setBusy(false)
    }
  }

  return (
    <Center mih="100vh" p="md">
      <Paper w={420} p={40} shadow="sm">
        <form onSubmit={signIn}>
          <Stack gap="lg">
            <div>
              <Text fz={56} fw={800} c="civic.8" lh={1}>
                1022
              </Text>
              <Title order={1} fz={26} mt="xs">
                {t('brand')}
              </Title>
              <Text c="gray.7">{t('signInLead')}</Text>
            </div>
            {problem !== null && (
              <Alert color="red" role="alert">
                {pick(problem)}
              </Alert>
            )}
            <TextInput name="user" label={t('user')} size="md" required autoFocus autoComplete="username" autoCapitalize="none" data-testid="sign-in-user" withAsterisk={false} />
            <PasswordInput name="password" label={t('password')} size="md" required autoComplete="current-password" data-testid="sign-in-password" withAsterisk={false} />
            <Button type="submit" size="lg" loading={busy} data-testid="sign-in-submit">
              {t('signIn')}
            </Button>
            <Anchor component="button" type="button" ta="center" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
              {t('otherLanguage')}
            </Anchor>
          </Stack>
        </form>
      </Paper>
    </Center>
  )
}
