import { Anchor, Center, Paper, Stack, Title } from '@mantine/core'
import { useText } from '../text/language'
import { PasswordForm } from './password-form'
import { SecondForm } from './second-form'
import type { Session } from './types'

/** What somebody has to do before anything else, one after the other. */
export function Duties({ session, onChanged, onSignOut }: { session: Session; onChanged: () => void; onSignOut: () => void }) {
  const { t } = useText()
  const duty = session.must[0]
  return (
    <Center mih="100vh" p="md">
      <Paper w={480} p={40} shadow="sm" data-testid="duty" data-duty={duty}>
        <Stack gap="lg">
          <Title order={1} fz={26}>
            {t(duty === 'password' ? 'newPasswordTitle' : 'secondTitle')}
          </Title>
          {duty === 'password' ? <PasswordForm lead={t('newPasswordLead')} onDone={onChanged} /> : <SecondForm lead={t('secondMust')} onDone={onChanged} />}
          <Anchor component="button" type="button" ta="center" onClick={onSignOut} data-testid="duty-sign-out">
            {t('signOut')}
          </Anchor>
        </Stack>
      </Paper>
    </Center>
  )
}
