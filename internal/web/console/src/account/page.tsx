import { Alert, Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { roleWords } from '../people/roles'
import { useText } from '../text/language'
import { PasswordForm } from './password-form'
import { SecondForm } from './second-form'
import type { Role, Session } from './types'

/** One's own password and second factor. */
export function AccountPage({ session, onChanged }: { session: Session; onChanged: () => void }) {
  const { t, pick } = useText()
  const [changed, setChanged] = useState(false)
  return (
    <Stack maw={1000} mx="auto" gap="lg" data-testid="account">
      <Group align="baseline">
        <Title order={1} fz={28}>
          {session.user.name}
        </Title>
        <Text c="gray.7" fz="lg">
          {session.user.id} · {pick(roleWords[session.user.role as Role])}
        </Text>
      </Group>
      {session.way === 'password' && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper>
            <Title order={2} fz="xl" mb="md">
              {t('newPasswordTitle')}
            </Title>
            {changed && (
              <Alert color="green" mb="md" data-testid="password-changed">
                {t('passwordChanged')}
              </Alert>
            )}
            <PasswordForm onDone={() => setChanged(true)} />
          </Paper>
          <Paper>
            <Group mb="md">
              <Title order={2} fz="xl">
                {t('secondTitle')}
              </Title>
              {session.totp && <Badge color="green.8">✓</Badge>}
            </Group>
            {session.totp ? <Text data-testid="second-on">{t('secondOn')}</Text> : <SecondForm lead={t('secondOff')} onDone={onChanged} />}
          </Paper>
        </SimpleGrid>
      )}
    </Stack>
  )
}
