// The form of the call: open while talking, saved after it.
import { Alert, Button, Group, Kbd, Paper, Progress, SegmentedControl, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { Group as CallGroup, Ticket } from '../api/types'
import { useLoad } from '../api/use-load'
import { duration, timeOfDay } from '../format/format'
import { PlaceField } from '../place/field'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { AddAttachment, AttachmentList } from '../tickets/attachments'
import { knownName } from './citizen'
import type { Saved } from './draft'
import { words } from './form-words'
import { noteId } from './use-keys'
import type { DeskSession } from './session'
import { stageOf, type DeskState, type Form } from './state'

const groups: CallGroup[] = ['procedure', 'emergency', 'field']

export function FormPanel({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t } = useText()
  return (
    <Paper p="md" data-testid="form">
      <Title order={2} fz="lg" mb="sm">
        {t('form')}
      </Title>
      {state.form === null ? <Text c="gray.7">{t('formEmpty')}</Text> : <OpenForm desk={desk} state={state} form={state.form} />}
    </Paper>
  )
}

function OpenForm({ desk, state, form }: { desk: DeskSession; state: DeskState; form: Form }) {
  const { t, pick } = useText()
  const { w } = useWords(words)
  const stage = stageOf(state)
  const known = state.offer?.call === form.call ? knownName(state.offer.earlier) : undefined
  const fields = state.fields.filter((f) => f.group === form.group)
  return (
    <form
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey && stage !== 'talking') void desk.save(!event.shiftKey)
      }}
    >
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="gray.7" className="tick">
            {t('ticket', { code: form.ticket })} · {form.caller || t('hiddenNumber')}
          </Text>
          <SavedLight saved={state.saved} />
        </Group>
        <SegmentedControl
          fullWidth
          size="xs"
          color="civic.8"
          aria-label={t('group')}
          data={groups.map((value) => ({ value, label: t(value) }))}
          value={form.group}
          onChange={(group) => desk.edit({ group })}
          data-testid="form-group"
          data-value={form.group}
        />
        <Group grow align="end" wrap="nowrap">
          <Select
            label={t('fieldLabel')}
            placeholder={t('fieldNone')}
            data={fields.map((f) => ({ value: f.key, label: pick(f) }))}
            value={form.field || null}
            onChange={(field) => desk.edit({ field: field ?? '' })}
            clearable
            searchable
            data-testid="form-field"
          />
          <TextInput
            label={w('citizen')}
            placeholder={w('citizenPlaceholder')}
            maxLength={100}
            value={form.citizen}
            onChange={(event) => desk.edit({ citizen: event.currentTarget.value })}
            data-testid="form-citizen"
          />
        </Group>
        {known !== undefined && form.citizen === '' && (
          <Button size="compact-sm" variant="light" mr="auto" onClick={() => desk.edit({ citizen: known })} data-testid="known-name">
            {w('sameAsBefore', { name: known })}
          </Button>
        )}
        <PlaceField place={form.place} onChange={(place) => desk.edit({ place })} />
        <Textarea
          id={noteId}
          label={t('note')}
          placeholder={t('notePlaceholder')}
          autosize
          minRows={4}
          maxRows={10}
          value={form.note}
          onChange={(event) => desk.edit({ note: event.currentTarget.value })}
          data-testid="form-note"
        />
        <Files key={form.ticket} code={form.ticket} />
        {form.problem !== null && <Alert color="red">{pick(form.problem)}</Alert>}
        <Actions desk={desk} state={state} form={form} />
      </Stack>
    </form>
  )
}

function SavedLight({ saved }: { saved: Saved }) {
  const { w } = useWords(words)
  const time = 'at' in saved && saved.at !== null ? timeOfDay(saved.at).slice(0, 5) : null
  const text = (): string => {
    switch (saved.state) {
      case 'none':
        return ''
      case 'saved':
        return w('savedAt', { time: time ?? '' })
      case 'typing':
        return time === null ? w('savingNow') : w('savedAt', { time })
      case 'stale':
        return time === null ? w('stale') : w('staleSince', { time })
    }
  }
  return (
    <Text size="sm" fw={600} c={saved.state === 'stale' ? 'orange.9' : 'green.9'} className="tick" role="status" data-testid="form-saved" data-state={saved.state}>
      {text()}
    </Text>
  )
}

function Files({ code }: { code: string }) {
  const { data, reload } = useLoad<Ticket>(`/tickets/${code}`)
  return (
    <Stack gap="xs">
      <Group>
        <AddAttachment code={code} onAdded={reload} />
      </Group>
      <AttachmentList code={code} files={data?.attachments ?? []} />
    </Stack>
  )
}

function Actions({ desk, state, form }: { desk: DeskSession; state: DeskState; form: Form }) {
  const { t } = useText()
  if (stageOf(state) !== 'wrap_up' && state.phoneCall === form.call) {
    return (
      <Text size="sm" c="gray.7">
        {t('saveAfterCall')}
      </Text>
    )
  }
  if (state.agent.state !== 'wrap_up') {
    return (
      <>
        <Alert color="orange">{t('lateForm')}</Alert>
        <Button size="lg" loading={form.saving} onClick={() => void desk.save(true)} data-testid="save">
          {t('saveOnly')}
        </Button>
      </>
    )
  }
  return (
    <>
      <Countdown since={state.agent.since} until={state.agent.wrap_up_until} />
      {/* One above the other where both would not fit beside each other. */}
      <Group gap="xs">
        <Button size="md" flex="1 1 170px" color="green.8" loading={form.saving} px="xs" onClick={() => void desk.save(true)} data-testid="save-ready">
          {t('saveReady')}
        </Button>
        <Button size="md" flex="1 1 170px" variant="default" disabled={form.saving} px="xs" onClick={() => void desk.save(false)} data-testid="save-pause">
          {t('savePause')}
        </Button>
      </Group>
      <Text size="sm" c="gray.7" ta="center">
        <Kbd>Ctrl</Kbd> + <Kbd>Enter</Kbd> {t('saveReady')}
      </Text>
    </>
  )
}

function Countdown({ since, until }: { since: string; until: string | null }) {
  const { t } = useText()
  const now = useNow()
  if (until === null) return null
  const end = Date.parse(until)
  const left = Math.max(0, end - now)
  return (
    <div data-testid="wrap-up-left">
      <Text fw={600} className="tick" c={left < 10_000 ? 'red.8' : undefined}>
        {t('wrapUpLeft', { time: duration(left) })}
      </Text>
      <Progress value={(100 * left) / Math.max(1, end - Date.parse(since))} color={left < 10_000 ? 'red' : 'violet'} aria-hidden />
    </div>
  )
}
