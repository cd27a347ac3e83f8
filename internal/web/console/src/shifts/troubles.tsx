import { Group, Paper, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconUserPlus } from '@tabler/icons-react'
import { useWords } from '../text/words'
import type { Trouble } from './plan'
import classes from './roster.module.css'
import type { Slot } from './types'
import { words } from './words'

/** Empty seats, and people with too little rest or too many hours, in sentences. */
export function Troubles({ troubles, onSlot }: { troubles: readonly Trouble[]; onSlot: (slot: Slot) => void }) {
  const { w, pick } = useWords(words)
  if (troubles.length === 0) {
    return (
      <Group gap="xs" mt="sm" c="green.9">
        <IconCircleCheck size={20} aria-hidden />
        <Text data-testid="no-troubles">{w('noTroubles')}</Text>
      </Group>
    )
  }
  return (
    <Paper p="sm" mt="sm" data-testid="troubles">
      <Title order={2} fz="md">
        {w('troubles', { n: troubles.length })}
      </Title>
      <ul className={classes.troubles}>
        {troubles.map((trouble) => (
          <li key={`${trouble.slot.date}${trouble.slot.shift}${trouble.vi}`}>
            <button type="button" className={classes.trouble} onClick={() => onSlot(trouble.slot)}>
              {trouble.name === '' ? <IconUserPlus size={18} color="var(--mantine-color-red-7)" aria-hidden /> : <IconAlertTriangle size={18} color="var(--mantine-color-orange-8)" aria-hidden />}
              <span>{pick(trouble)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
