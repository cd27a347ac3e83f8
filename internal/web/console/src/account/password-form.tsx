import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useText } from '../text/language'
import { accountStrings } from './strings'

/** Another password, for who knows the present one. */
export function PasswordForm({ lead, onDone }: { lead?: string; onDone: () => void }) {
  const { t, pick } = useText()
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    if (fields.get('new') !== fields.get('again')) {
      setProblem(accountStrings.passwordsDiffer)
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      await api('PUT', '/session/password', { old: fields.get('old'), new: fields.get('new') })
      form.reset()
      onDone()
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={save}>
      <Stack>
        {lead !== undefined && <Text c="gray.7">{lead}</Text>}
        {problem !== null && (
          <Alert color="red" role="alert">
            {pick(problem)}
          </Alert>
        )}
        <PasswordInput name="old" label={t('oldPassword')} size="md" required autoComplete="current-password" withAsterisk={false} data-testid="password-old" />
        <PasswordInput name="new" label={t('newPassword')} size="md" required minLength={10} autoComplete="new-password" withAsterisk={false} data-testid="password-new" />
        <PasswordInput name="again" label={t('newPasswordAgain')} size="md" required autoComplete="new-password" withAsterisk={false} data-testid="password-again" />
        <Button type="submit" size="md" loading={busy} data-testid="password-save">
          {t('save')}
        </Button>
      </Stack>
    </form>
  )
}
