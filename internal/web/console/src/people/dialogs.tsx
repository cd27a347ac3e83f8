import { Alert, Button, Code, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { Member, Role } from '../account/types'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { roleWords } from './roles'

/** Something that is asked for once more before it is done. */
export interface Question {
  title: TextKey
  ask: TextKey
  of: Member
  go: () => void
}

export function Ask({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useText()
  return (
    <Modal opened onClose={onClose} title={t(question.title)} size="lg" centered>
      <Text fz="lg" mb="lg">
        {t(question.ask, { name: question.of.name })}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button color="red.8" onClick={question.go} data-testid="ask-do">
          {t('confirmDo')}
        </Button>
      </Group>
    </Modal>
  )
}

/** A password that is shown this once. */
export function PasswordOnce({ made, onClose }: { made: { name: string; password: string }; onClose: () => void }) {
  const { t } = useText()
  return (
    <Modal opened onClose={onClose} title={t('personPassword', { name: made.name })} size="lg" centered closeOnClickOutside={false}>
      <Stack>
        <Code fz={28} p="md" ta="center" data-testid="made-password">
          {made.password}
        </Code>
        <Text c="gray.7">{t('personPasswordLead')}</Text>
        <Button size="md" onClick={onClose} data-testid="made-password-close">
          {t('close')}
        </Button>
      </Stack>
    </Modal>
  )
}

interface DialogProps {
  of: Member | null
  onClose: () => void
  /** With the password of somebody who is new. */
  onSaved: (made: { name: string; password: string } | null) => void
}

/** Somebody new, or another name, role or account of somebody. */
export function MemberDialog({ of, onClose, onSaved }: DialogProps) {
  const { t, pick } = useText()
  const [role, setRole] = useState<Role>(of?.role ?? 'agent')
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState(false)

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const change = { name: String(fields.get('name')), role, sso: String(fields.get('sso')) }
    setBusy(true)
    setProblem(null)
    try {
      if (of !== null) {
        await api('PUT', `/staff/${of.id}`, change)
        onSaved(null)
      } else {
        const { password } = await api<{ password: string }>('POST', '/staff', { id: fields.get('id'), ...change })
        onSaved({ name: change.name, password })
      }
    } catch (error) {
      setProblem(wordsOf(error))
      setBusy(false)
    }
  }

  return (
    <Modal opened onClose={onClose} title={of === null ? t('personAdd') : `${t('personChange')}: ${of.name}`} size="lg" centered>
      <form onSubmit={save}>
        <Stack>
          {problem !== null && (
            <Alert color="red" role="alert">
              {pick(problem)}
            </Alert>
          )}
          {of === null && <TextInput name="id" label={t('user')} description={t('personIDLead')} size="md" required autoFocus autoCapitalize="none" withAsterisk={false} data-testid="person-id" />}
          <TextInput name="name" label={t('personName')} size="md" required defaultValue={of?.name} withAsterisk={false} data-testid="person-name" />
          <Select
            label={t('personRole')}
            size="md"
            allowDeselect={false}
            data={(Object.keys(roleWords) as Role[]).map((value) => ({ value, label: pick(roleWords[value]) }))}
            value={role}
            onChange={(value) => setRole((value ?? role) as Role)}
            data-testid="person-role"
          />
          <TextInput name="sso" label={t('personSSO')} description={t('personSSOLead')} size="md" defaultValue={of?.sso} autoCapitalize="none" data-testid="person-sso" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} data-testid="person-save">
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
