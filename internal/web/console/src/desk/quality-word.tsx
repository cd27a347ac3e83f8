import { Badge } from '@mantine/core'
import { useEffect, useState } from 'react'
import { qualityOf, type Counted, type Quality } from '../phone/quality'
import { useWords } from '../text/words'
import { words } from './headset-words'
import type { DeskSession } from './session'

const lookMs = 2_000
const color: Record<Quality, string> = { good: 'green', fair: 'orange', poor: 'red' }

/** How the connection is, in a word; nothing for the first two seconds. */
export function QualityWord({ desk }: { desk: DeskSession }) {
  const { w } = useWords(words)
  const [quality, setQuality] = useState<Quality | 'silent' | null>(null)
  useEffect(() => {
    let before: Counted | null = null
    let over = false
    const look = async () => {
      const now = await desk.counted()
      if (over || now === null) return
      if (before !== null) setQuality(qualityOf(before, now) ?? 'silent')
      before = now
    }
    void look()
    const timer = setInterval(() => void look(), lookMs)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [desk])
  if (quality === null) return null
  return (
    <Badge size="lg" miw="max-content" tt="none" color={`${quality === 'silent' ? 'red' : color[quality]}.8`} data-testid="quality" data-quality={quality}>
      {w(quality)}
    </Badge>
  )
}
