import { Text } from '@mantine/core'
import type { Words } from '../api/types'
import { useWords } from '../text/words'
import { words } from './words'

/** Rules that are broken: the first in its words, the others when they are asked for. */
export function BrokenRules({ problems }: { problems: readonly Words[] }) {
  const { w, pick } = useWords(words)
  const [first, ...others] = problems
  if (first === undefined) return null
  return (
    <Text component="div" size="sm" c="red.9">
      {pick(first)}
      {others.length > 0 && (
        <details>
          <summary style={{ cursor: 'pointer' }}>{w('moreRules', { n: others.length })}</summary>
          {others.map((problem) => (
            <div key={problem.vi}>{pick(problem)}</div>
          ))}
        </details>
      )}
    </Text>
  )
}
