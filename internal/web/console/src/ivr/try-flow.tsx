import { Alert, Paper, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Words } from '../api/types'
import { useWords } from '../text/words'
import type { Flow, Step } from './flow'
import classes from './ivr.module.css'
import { NodeCard } from './node-card'
import { FlowPicture } from './picture'
import type { Speaker } from './use-speaker'
import { Walk } from './walk'
import { words } from './words'

interface Props {
  flow: Flow
  /** The walk of what was pressed, as the server has it. */
  walk: readonly Step[]
  problem: Words | null
  speaker: Speaker
  /** What has been pressed now; the walk is to follow. */
  onPressed: (pressed: string) => void
}

/** A flow as a picture with a telephone beside it: keys that are pressed are seen and heard. */
export function TryFlow({ flow, walk, problem, speaker, onPressed }: Props) {
  const { w, pick } = useWords(words)
  const [pressed, setPressed] = useState('')
  const [chosen, setChosen] = useState('')
  const [sound, setSound] = useState(false)
  useEffect(() => onPressed(pressed), [pressed, onPressed])

  const here = walk.at(-1)
  const { play, stop } = speaker
  const says = here === undefined ? '' : here.say.map((key) => `${here.language}/${key}`).join(' ')
  useEffect(() => {
    // The same words again are said again: the walk is new with each key. play and stop
    // are new with each render, and do the same.
    if (!sound || says === '') return
    play('walk', says.split(' ').map((name) => ({ language: name.split('/')[0] ?? '', key: name.split('/')[1] ?? '' })))
    return stop
  }, [walk, says, sound])

  const node = flow.nodes.find((n) => n.name === (chosen === '' ? here?.node : chosen))
  const press = (key: string) => {
    setChosen('')
    setPressed((before) => (before + key).slice(0, 100))
  }
  return (
    <div className={classes.split}>
      <Paper p="sm">
        <FlowPicture flow={flow} walk={walk} chosen={chosen} onChoose={(name) => setChosen(name === chosen ? '' : name)} />
        <Text size="sm" c="gray.7" ta="center">
          {w('zoom')}
        </Text>
      </Paper>
      <Stack gap="sm">
        {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
        <Walk flow={flow} walk={walk} sound={sound} onSound={setSound} onPress={press} onBack={() => setPressed((before) => before.slice(0, -1))} onRestart={() => setPressed('')} />
        {node !== undefined && <NodeCard flow={flow} node={node} speaker={speaker} />}
      </Stack>
    </div>
  )
}
