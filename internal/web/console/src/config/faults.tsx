import { Badge, Stack, Text } from '@mantine/core'
import { useWords } from '../text/words'
import classes from './config.module.css'
import type { Fault } from './types'
import { words } from './words'

/** What is wrong with a document, each with its line; pressing one goes there. */
export function FaultList({ faults, onGo }: { faults: readonly Fault[]; onGo: (line: number) => void }) {
  const { w } = useWords(words)
  return (
    <Stack gap={6} data-testid="faults" data-count={faults.length}>
      <Text fw={700} c="red.9">
        {w('faults', { n: faults.length })}
      </Text>
      {faults.map((fault) => (
        <button type="button" className={classes.fault} key={`${fault.file} ${fault.line} ${fault.what}`} onClick={() => onGo(fault.line)} data-testid="fault" data-line={fault.line}>
          <Badge color="red.8" tt="none" radius="sm">
            {fault.line > 0 ? w('line', { n: fault.line }) : fault.file}
          </Badge>{' '}
          <span lang="en">
            {fault.what}
            {fault.do !== '' && (
              <>
                {' '}
                <b>
                  {w('whatToDo')}: {fault.do}
                </b>
              </>
            )}
          </span>
        </button>
      ))}
    </Stack>
  )
}
