import { Group, Paper, SegmentedControl, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useLoad } from '../api/use-load'
import { duration } from '../format/format'
import { useWords } from '../text/words'
import { blocks, type Capacity } from './week'
import { words } from './words'

/** How many calls an hour so many people can carry, by target. */
export function CapacityTable() {
  const { w, pick } = useWords(words)
  const { data, problem } = useLoad<Capacity>('/staffing/table')
  const [chosen, setChosen] = useState('')
  if (problem !== null) return <Text c="red.9">{pick(problem)}</Text>
  if (data === null) return null
  const all = blocks(data)
  const block = all.find((b) => String(b.handling) === chosen) ?? all[Math.floor(all.length / 2)]
  return (
    <Paper p="md" data-testid="capacity">
      <Group justify="space-between">
        <Title order={2} fz="lg">
          {w('table')}
        </Title>
        {all.length > 1 && (
          <SegmentedControl size="xs" value={String(block?.handling)} onChange={setChosen} data={all.map((b) => ({ value: String(b.handling), label: w('handling', { time: duration(b.handling) }) }))} />
        )}
      </Group>
      <Text c="gray.7" mb="xs">
        {w('tableLead')}
      </Text>
      <Table verticalSpacing={4} striped className="tick">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w('agents')}</Table.Th>
            {data.targets.map((x) => (
              <Table.Th key={x.name + x.lost_percent} ta="right">
                {x.name}
                <Text size="xs" c="gray.7">
                  {w(x.lost_percent > 0 ? 'perHourLost' : 'perHour', { percent: x.percent, seconds: x.within_ms / 1000, lost: x.lost_percent })}
                </Text>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {block?.rows.map((row) => (
            <Table.Tr key={row.agents}>
              <Table.Td fw={600}>{row.agents}</Table.Td>
              {row.calls_per_hour.map((n, i) => (
                <Table.Td key={data.targets[i]?.name ?? i} ta="right">
                  {n}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
