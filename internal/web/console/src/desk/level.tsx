import { Group, Text } from '@mantine/core'
import { IconVolume } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Ear } from '../phone/ear'
import { useText } from '../text/language'
import classes from './level.module.css'

// Speech on the telephone lies between about -50 and -10 dB of full scale.
const floorDb = -50
const rangeDb = 40

/** Shows that sound arrives; drawn past React, twenty times a second. */
export function Level({ ear }: { ear: Ear }) {
  const { t } = useText()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setInterval(() => {
      const part = (20 * Math.log10(ear.rms()) - floorDb) / rangeDb
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, Math.max(0, part))})`
    }, 50)
    return () => clearInterval(timer)
  }, [ear])
  return (
    <Group gap="sm" wrap="nowrap" flex={1}>
      <IconVolume size={22} aria-hidden />
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {t('heard')}
      </Text>
      <div className={classes.track} data-testid="level">
        <div ref={bar} className={classes.bar} />
      </div>
    </Group>
  )
}
