import { Alert, Button, Center, Group, Loader, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Permission } from '../account/types'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { BackOffice } from '../config/frame'
import { useWords } from '../text/words'
import type { Flow, Step } from './flow'
import { Prompts } from './prompts'
import { TryFlow } from './try-flow'
import { useSpeaker } from './use-speaker'
import { words } from './words'

/** What callers hear and may press: as a picture, as a telephone to try, and every prompt. */
export function IvrPage({ may }: { may: readonly Permission[] }) {
  const { w, pick } = useWords(words)
  const { data: flow, problem } = useLoad<Flow>('/ivr')
  const [tab, setTab] = useState('picture')
  const speaker = useSpeaker()
  if (flow === null) {
    return <Center mih="50vh">{problem === null ? <Loader /> : <Alert color="red">{pick(problem)}</Alert>}</Center>
  }
  return (
    <BackOffice may={may}>
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
                { value: 'picture', label: <span data-testid="tab-picture">{w('picture')}</span> },
                { value: 'prompts', label: <span data-testid="tab-prompts">{w('prompts')}</span> },
              ]}
              data-testid="ivr-tabs"
            />
          </Group>
          <Group gap="sm">
            <Text size="sm" c="gray.7">
              {w('emergencyLive', { key: flow.emergency.key })}
            </Text>
            {may.includes('edit_config') && (
              <Button component={Link} href={tab === 'prompts' ? '/config/prompts-vi' : '/config/ivr'} size="compact-md" variant="default" leftSection={<IconPencil size={16} />} data-testid="ivr-edit">
                {w('edit')}
              </Button>
            )}
          </Group>
        </Group>
        {tab === 'prompts' ? <Prompts flow={flow} speaker={speaker} mayRecord={may.includes('edit_prompts')} /> : <PictureTab flow={flow} speaker={speaker} />}
      </Stack>
    </BackOffice>
  )
}

function PictureTab({ flow, speaker }: { flow: Flow; speaker: ReturnType<typeof useSpeaker> }) {
  const [pressed, setPressed] = useState('')
  const [walk, setWalk] = useState<Step[]>([])
  const [problem, setProblem] = useState<Words | null>(null)

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

  return <TryFlow flow={flow} walk={walk} problem={problem} speaker={speaker} onPressed={setPressed} />
}
