import { Button, Checkbox, Group, Paper, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconPhoneCall, IconVolumeOff } from '@tabler/icons-react'
import { useWords } from '../text/words'
import { wordsOfPrompts, type Flow, type Step } from './flow'
import classes from './ivr.module.css'
import { words } from './words'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

interface Props {
  flow: Flow
  walk: readonly Step[]
  sound: boolean
  onSound: (on: boolean) => void
  /** A key, "-" for silence. */
  onPress: (key: string) => void
  onBack: () => void
  onRestart: () => void
}

/** A telephone on the screen: what a caller hears who presses these keys. */
export function Walk({ flow, walk, sound, onSound, onPress, onBack, onRestart }: Props) {
  const { w } = useWords(words)
  const here = walk.at(-1)
  const label = flow.nodes.find((n) => n.name === here?.node)?.label ?? here?.node ?? ''
  const pressed = walk.map((step) => (step.pressed === '-' ? '…' : step.pressed)).join(' ')
  return (
    <Paper
      p="sm"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || !keys.includes(event.key)) return
        event.preventDefault()
        onPress(event.key)
      }}
      data-testid="ivr-walk"
      data-node={here?.node ?? ''}
      data-done={here?.done ?? ''}
    >
      <Group justify="space-between" mb="xs">
        <Title order={2} fz="md">
          {w('tryOut')}
        </Title>
        <Checkbox size="sm" label={w('sound')} checked={sound} onChange={(event) => onSound(event.currentTarget.checked)} />
      </Group>
      <div className={classes.screen} aria-live="polite">
        <Text size="sm" c="gray.7" className="tick">
          {pressed.trim() === '' ? '1022' : w('pressed', { keys: pressed.trim() })}
        </Text>
        <Text fw={700}>
          {label}
          {here?.done === 'queue' && ` · ${w('arrivesQueue')}`}
          {here?.done === 'goodbye' && ` · ${w('arrivesEnd')}`}
        </Text>
        {here !== undefined && here.pressed !== '' && here.pressed !== '-' && !here.accepted && (
          <Text size="sm" c="orange.9" fw={600}>
            {w('notMeant')}
          </Text>
        )}
        {here !== undefined && (
          <Text size="sm" data-testid="ivr-words">
            {wordsOfPrompts(flow, here.language, here.say)
              .map((p) => p.text)
              .join(' ')}
          </Text>
        )}
      </div>
      <div className={classes.pad} role="group" aria-label={w('keypad')} style={{ margin: '8px 0' }}>
        {keys.map((key) => (
          <Button key={key} variant="default" size="sm" fz="lg" color={key === flow.emergency.key ? 'red' : undefined} c={key === flow.emergency.key ? 'red.8' : undefined} onClick={() => onPress(key)} data-testid={`press-${key}`}>
            {key}
          </Button>
        ))}
      </div>
      <Group gap={6} grow>
        <Button variant="default" size="xs" leftSection={<IconVolumeOff size={16} />} onClick={() => onPress('-')} data-testid="press-silence">
          {w('silence')}
        </Button>
        <Button variant="default" size="xs" leftSection={<IconArrowBackUp size={16} />} disabled={walk.length < 2} onClick={onBack}>
          {w('back')}
        </Button>
        <Button variant="default" size="xs" leftSection={<IconPhoneCall size={16} />} disabled={walk.length < 2} onClick={onRestart} data-testid="walk-restart">
          {w('restart')}
        </Button>
      </Group>
    </Paper>
  )
}
