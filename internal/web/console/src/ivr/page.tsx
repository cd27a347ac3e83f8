import { Alert, Center, Group, Loader, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import type { Flow, Step } from './flow'
import classes from './ivr.module.css'
import { NodeCard } from './node-card'
import { FlowPicture } from './picture'
import { Prompts } from './prompts'
import { useSpeaker } from './use-speaker'
import { Walk } from './walk'
import { words } from './words'

/** What callers hear and may press: as a picture, as a telephone to try, and every prompt. */
export function IvrPage() {
  const { w, pick } = useWords(words)
  const { data: flow, problem } = useLoad<Flow>('/ivr')
  const [tab, setTab] = useState('picture')
  const speaker = useSpeaker()
  if (flow === null) {
    return <Center mih="50vh">{problem === null ? <Loader /> : <Alert color="red">{pick(problem)}</Alert>}</Center>
  }
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Group gap="md">
          <Title order={1} fz={22}>
            {w('title')}
          </Title>
          <SegmentedControl
            value={tab}
            onChange={(to) => {
              speaker.stop()
              setTab(to)
            }}
            data={[
              { value: 'picture', label: w('picture') },
              { value: 'prompts', label: w('prompts') },
            ]}
            data-testid="ivr-tabs"
          />
        </Group>
        <Text size="sm" c="gray.7">
          {w('source', { file: flow.file })} {w('emergencyLive', { key: flow.emergency.key })}
        </Text>
      </Group>
      {tab === 'prompts' ? <Prompts flow={flow} speaker={speaker} /> : <PictureTab flow={flow} speaker={speaker} />}
    </Stack>
  )
}

function PictureTab({ flow, speaker }: { flow: Flow; speaker: ReturnType<typeof useSpeaker> }) {
  const { w, pick } = useWords(words)
  const [pressed, setPressed] = useState('')
  const [walk, setWalk] = useState<Step[]>([])
  const [problem, setProblem] = useState<Words | null>(null)
  const [chosen, setChosen] = useState('')
  const [sound, setSound] = useState(false)

  useEffect(() => {
    let asked = true
    api<{ steps: Step[] }>('GET', `/ivr/walk?pressed=${encodeURIComponent(pressed)}`).then(
      ({ steps }) => {
        if (!asked) return
        setWalk(steps)
        setProblem(null)
      },
      (error: unknown) => asked && setProblem(wordsOf(error)),
    )
    return () => {
      asked = false
    }
  }, [pressed])

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
