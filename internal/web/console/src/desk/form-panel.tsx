// The form of the call: open while talking, saved after it.
import { Alert, Button, Group, Kbd, Paper, Progress, SegmentedControl, Select, Stack, Text, Textarea, Title } from '@mantine/core'
import type { Group as CallGroup } from '../api/types'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import type { DeskSession } from './session'
import { stageOf, type DeskState, type Form } from './state'

const groups: CallGroup[] = ['procedure', 'emergency', 'field']

export function FormPanel({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t } = useText()
  return (
    <Paper data-testid="form">
      <Title order={2} fz="lg" mb="md">
        {t('form')}
      </Title>
      {state.form === null ? <Text c="gray.7">{t('formEmpty')}</Text> : <OpenForm desk={desk} state={state} form={state.form} />}
    </Paper>
  )
}

function OpenForm({ desk, state, form }: { desk: DeskSession; state: DeskState; form: Form }) {
  const { t, pick } = useText()
  const stage = stageOf(state)
  const fields = state.fields.filter((f) => f.group === form.group)
  return (
    <form
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey && stage !== 'talking') void desk.save(true)
      }}
    >
      <Stack>
        <Text size="sm" c="gray.7" className="tick">
          {t('ticket', { code: form.ticket })} · {form.caller || t('hiddenNumber')}
        </Text>
        <div role="group" aria-label={t('group')}>
          <Text component="label" size="sm" fw={500}>
            {t('group')}
          </Text>
          <SegmentedControl
            fullWidth
            orientation="vertical"
            color="civic.8"
            data={groups.map((value) => ({ value, label: t(value) }))}
            value={form.group}
            onChange={(group) => desk.edit({ group })}
            data-testid="form-group"
            data-value={form.group}
          />
        </div>
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
        <Textarea
          label={t('note')}
          placeholder={t('notePlaceholder')}
          autosize
          minRows={6}
          maxRows={12}
          value={form.note}
          onChange={(event) => desk.edit({ note: event.currentTarget.value })}
          data-testid="form-note"
        />
        {form.problem !== null && <Alert color="red">{pick(form.problem)}</Alert>}
        <Actions desk={desk} state={state} form={form} />
      </Stack>
    </form>
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
      <Group grow>
        <Button size="lg" color="green.8" loading={form.saving} px="xs" onClick={() => void desk.save(true)} data-testid="save-ready">
          {t('saveReady')}
        </Button>
        <Button size="lg" variant="default" disabled={form.saving} px="xs" onClick={() => void desk.save(false)} data-testid="save-pause">
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
