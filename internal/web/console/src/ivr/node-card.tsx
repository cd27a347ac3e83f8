import { ActionIcon, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlayerStopFilled, IconVolume } from '@tabler/icons-react'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { useWords } from '../text/words'
import { waysOf, wordsOfPrompts, type Flow, type FlowNode } from './flow'
import type { Speaker } from './use-speaker'
import { words } from './words'

const groupText: Record<string, TextKey | undefined> = { procedure: 'procedure', emergency: 'emergency', field: 'field' }

/** What a node says, and where its keys lead. */
export function NodeCard({ flow, node, speaker }: { flow: Flow; node: FlowNode; speaker: Speaker }) {
  const { w, language } = useWords(words)
  const { t } = useText()
  const spoken = flow.languages.includes(language) ? language : (flow.languages[0] ?? 'vi')
  const label = (name: string) => flow.nodes.find((n) => n.name === name)?.label ?? name
  const group = groupText[node.group]
  return (
    <Paper p="sm" data-testid="ivr-node" data-node={node.name}>
      <Group gap="xs" mb={4}>
        <Title order={2} fz="md">
          {node.label}
        </Title>
        <Badge tt="none" variant="light" color={node.emergency ? 'red' : 'civic'} c={node.emergency ? 'red.9' : 'civic.9'}>
          {w(node.kind)}
        </Badge>
      </Group>
      <Stack gap={4}>
        {wordsOfPrompts(flow, spoken, node.say).map(({ key, text }) => (
          <Group key={key} gap={6} wrap="nowrap" align="start">
            <ListenButton speaker={speaker} language={spoken} prompt={key} />
            <Text size="sm">{text}</Text>
          </Group>
        ))}
      </Stack>
      {node.kind === 'menu' && (
        <>
          <Text size="sm" mt="xs" c="gray.7">
            {node.otherwise === '' ? w('waits', { n: node.wait_ms / 1000, tries: node.tries, human: label(node.human) }) : w('otherwise', { n: node.wait_ms / 1000, go: label(node.otherwise) })}
          </Text>
          <Group gap={6} mt="xs">
            {waysOf(flow, node)
              .filter((way) => way.how === 'key')
              .flatMap((way) => way.keys.map((key) => ({ key, to: way.to })))
              .map(({ key, to }) => {
                const changes = node.keys.find((k) => k.key === key)?.language ?? ''
                const says = to === node.name && changes === '' ? w('again') : `${label(to)} ${changes === 'vi' || changes === 'en' ? w('inLanguage', { language: w(changes) }) : ''}`
                return (
                  <Badge key={key} tt="none" size="lg" radius="sm" variant="default" fw={400}>
                    <b>{key}</b> {says}
                  </Badge>
                )
              })}
          </Group>
        </>
      )}
      {node.kind === 'queue' && (
        <Text size="sm" mt="xs">
          {[w('toQueue', { queue: group === undefined ? node.queue : t(group) }), node.service === '' ? '' : w('service', { service: node.service })]
            .filter((part) => part !== '')
            .join(' · ')}
        </Text>
      )}
    </Paper>
  )
}

export function ListenButton({ speaker, language, prompt }: { speaker: Speaker; language: string; prompt: string }) {
  const { w } = useWords(words)
  const name = `${language}/${prompt}`
  const on = speaker.playing === name
  return (
    <ActionIcon
      variant={on ? 'filled' : 'subtle'}
      size="md"
      aria-label={on ? w('stop') : w('listen', { key: prompt })}
      title={on ? w('stop') : w('listen', { key: prompt })}
      onClick={() => (on ? speaker.stop() : speaker.play(name, [{ language, key: prompt }]))}
      data-testid={`listen-${language}-${prompt}`}
      data-playing={on}
    >
      {on ? <IconPlayerStopFilled size={16} /> : <IconVolume size={18} />}
    </ActionIcon>
  )
}
