import { Alert, Badge, Button, Center, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Permission } from '../account/types'
import { useLoad } from '../api/use-load'
import { duration } from '../format/format'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { useWords } from '../text/words'
import { BackOffice } from './frame'
import { SkillBadges } from './skill-badges'
import type { Profile, QueueRow, QueueSettings } from './types'
import { words } from './words'

const groupText: Record<string, TextKey> = { procedure: 'procedure', emergency: 'emergency', field: 'field' }

/** How calls are given to agents, and who can do what. */
export function QueuesPage({ may }: { may: readonly Permission[] }) {
  const { w, pick } = useWords(words)
  const { data, problem } = useLoad<QueueSettings>('/queues')
  if (data === null) {
    return <Center mih="50vh">{problem === null ? <Loader /> : <Alert color="red">{pick(problem)}</Alert>}</Center>
  }
  return (
    <BackOffice may={may}>
      <Stack gap="md" data-testid="queues">
        <Group justify="space-between">
          <Text c="gray.7">{w('general', { ring: duration(data.ring_time_ms), wrap: duration(data.wrap_up_limit_ms), reserve: data.emergency_reserve })}</Text>
          <Button component={Link} href="/config/queues" variant="default" leftSection={<IconPencil size={18} />} data-testid="queues-change">
            {w('change')}
          </Button>
        </Group>
        <Paper p="sm">
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w('queue')}</Table.Th>
                <Table.Th>{w('strategy')}</Table.Th>
                <Table.Th>{w('priority')}</Table.Th>
                <Table.Th>{w('overflow')}</Table.Th>
                <Table.Th>{w('needs')}</Table.Th>
                <Table.Th>{w('servedBy')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.queues.map((q) => (
                <QueueLine key={q.queue} q={q} named={data.agents} />
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
        <Paper p="sm">
          <Title order={2} fz="lg" mb="sm">
            {w('skills')}
          </Title>
          {data.agents.length === 0 ? <Text>{w('noSkills')}</Text> : <Skills agents={data.agents} />}
        </Paper>
      </Stack>
    </BackOffice>
  )
}

function QueueLine({ q, named }: { q: QueueRow; named: readonly Profile[] }) {
  const { w } = useWords(words)
  const { t } = useText()
  const group = groupText[q.group]
  const strategy = (['longest_idle', 'fewest_calls', 'least_talk', 'round_robin', 'ring_several', 'linear'] as const).find((s) => s === q.strategy)
  const to = q.overflow === 'voicemail' || q.overflow === 'callback' ? w(q.overflow) : q.overflow
  const overflow = [q.max_wait_ms > 0 ? w('after', { time: duration(q.max_wait_ms), to }) : '', q.overflow_unstaffed ? `${w('unstaffed')}: ${to}` : ''].filter((part) => part !== '')
  const names = q.agents.map((p) => p.name || p.agent).join(', ')
  return (
    <Table.Tr data-testid={`queue-${q.queue}`}>
      <Table.Td>
        <Text fw={700}>{q.queue}</Text>
        <Text size="sm" c="gray.7">
          {group === undefined ? q.group : t(group)}
        </Text>
      </Table.Td>
      <Table.Td>{strategy === undefined ? q.strategy : w(strategy)}</Table.Td>
      <Table.Td>{q.emergency ? <Badge color="red.8" tt="none">{w('first')}</Badge> : q.priority_minutes}</Table.Td>
      <Table.Td>{overflow.length === 0 ? w('never') : overflow.join(' · ')}</Table.Td>
      <Table.Td>
        <SkillBadges skills={q.skills} />
        {q.wants.map((want) => (
          <Text size="sm" key={want.trait}>
            {w('wants')}: {want.trait} ({w('level', { n: want.level })})
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {w('everybody')} {names !== '' && named.length > 0 && w('also', { names })}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

function Skills({ agents }: { agents: readonly Profile[] }) {
  const { w } = useWords(words)
  return (
    <Table verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={260}>{w('agent')}</Table.Th>
          <Table.Th>{w('needs')}</Table.Th>
          <Table.Th w={100}>{w('order')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {agents.map((p) => (
          <Table.Tr key={p.agent} data-testid={`skills-${p.agent}`}>
            <Table.Td fw={600}>{p.name || p.agent}</Table.Td>
            <Table.Td>
              <SkillBadges skills={p.skills} />
            </Table.Td>
            <Table.Td className="tick">{p.order === 0 ? '' : p.order}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
