import { Alert, Anchor, Button, Center, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { accountStrings } from '../account/strings'
import type { Session, Ways } from '../account/types'
import { api, ApiError, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { setLanguage, useText } from '../text/language'

// What the other sign-in comes back with in the address, when it did not succeed.
const ssoProblems: Record<string, Words> = { sso: accountStrings.ssoFailed, no_account: accountStrings.ssoNoAccount }

export function SignInPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const { t, pick, language } = useText()
  const [path, go] = useLocation()
  const [search] = useSearchParams()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Words | null>(ssoProblems[search.get('problem') ?? ''] ?? null)
  const [asksCode, setAsksCode] = useState(false)
  const [ways, setWays] = useState<Ways>({ sso: null })

  useEffect(() => {
    api<Ways>('GET', '/session/ways').then(setWays, () => {})
  }, [])

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    try {
      const session = await api<Session>('POST', '/session', { user: form.get('user'), password: form.get('password'), code: form.get('code') ?? '' })
      if (path === '/sign-in') go('/desk', { replace: true })
      onSignedIn(session)
    } catch (error) {
      // The password was right: one more thing is asked for.
      if (error instanceof ApiError && error.code === 'code_needed') setAsksCode(true)
      else setProblem(wordsOf(error))
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
              <Text c="gray.7">{t(asksCode ? 'codeLead' : 'signInLead')}</Text>
            </div>
            {problem !== null && (
              <Alert color="red" role="alert" data-testid="sign-in-problem">
                {pick(problem)}
              </Alert>
            )}
            {/* They stay in the form, out of sight, when the code is asked for. */}
            <Stack gap="lg" display={asksCode ? 'none' : undefined}>
              <TextInput name="user" label={t('user')} size="md" required autoFocus autoComplete="username" autoCapitalize="none" data-testid="sign-in-user" withAsterisk={false} />
              <PasswordInput name="password" label={t('password')} size="md" required autoComplete="current-password" data-testid="sign-in-password" withAsterisk={false} />
            </Stack>
            {asksCode && (
              <TextInput name="code" label={t('code')} size="md" required autoFocus inputMode="numeric" autoComplete="one-time-code" autoCapitalize="none" data-testid="sign-in-code" withAsterisk={false} />
            )}
            <Button type="submit" size="lg" loading={busy} data-testid="sign-in-submit">
              {t('signIn')}
            </Button>
            {ways.sso !== null && !asksCode && (
              <>
                <Divider label={t('or')} />
                <Button component="a" href="/api/session/sso" size="lg" variant="default" data-testid="sign-in-sso">
                  {pick(ways.sso)}
                </Button>
              </>
            )}
            {asksCode ? (
              <Anchor component="button" type="button" ta="center" onClick={() => setAsksCode(false)}>
                {t('backToPassword')}
              </Anchor>
            ) : (
              <Anchor component="button" type="button" ta="center" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
                {t('otherLanguage')}
              </Anchor>
            )}
          </Stack>
        </form>
      </Paper>
    </Center>
  )
}
