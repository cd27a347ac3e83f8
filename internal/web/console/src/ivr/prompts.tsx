import { ActionIcon, Alert, Badge, Button, Center, Checkbox, Group, Loader, Paper, Table, Text, TextInput } from '@mantine/core'
import { IconMicrophone, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import type { Flow } from './flow'
import { ListenButton } from './node-card'
import { PromptDialog, type Chosen } from './prompt-dialog'
import { found, type PromptRow, type Sounding } from './search'
import type { Speaker } from './use-speaker'
import { words } from './words'

const atOnce = 60

/** Every prompt with its words, to be listened to. */
export function Prompts({ flow, speaker, mayRecord }: { flow: Flow; speaker: Speaker; mayRecord: boolean }) {
  const { w, pick } = useWords(words)
  const [changing, setChanging] = useState<Chosen | null>(null)
  const { data, problem, reload } = useLoad<{ prompts: PromptRow[] }>('/prompts')
  const [typed, setTyped] = useState('')
  const [made, setMade] = useState(false)
  const [shown, setShown] = useState(atOnce)
  const rows = useMemo(() => found(data?.prompts ?? [], typed, made), [data, typed, made])
  const used = useMemo(() => {
    const at = new Map<string, string[]>()
    for (const node of flow.nodes) for (const key of new Set([...node.say, ...node.again])) at.set(key, [...(at.get(key) ?? []), node.label])
    return at
  }, [flow])
  if (problem !== null) return <Alert color="red">{pick(problem)}</Alert>
  if (data === null) {
    return (
      <Center mih="30vh">
        <Loader />
      </Center>
    )
  }
  return (
    <Paper p="md" data-testid="prompts">
      <Group mb="sm">
        <TextInput
          flex={1}
          type="search"
          leftSection={<IconSearch size={18} />}
          placeholder={w('search')}
          aria-label={w('search')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setShown(atOnce)
          }}
          data-testid="prompt-search"
        />
        <Checkbox label={w('withMade')} checked={made} onChange={(event) => setMade(event.currentTarget.checked)} />
        <Text className="tick" c="gray.7">
          {w('count', { n: rows.length })}
        </Text>
      </Group>
      <Table verticalSpacing={6} fz="sm" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={190}>{w('name')}</Table.Th>
            <Table.Th>{w('vietnamese')}</Table.Th>
            <Table.Th>{w('english')}</Table.Th>
            <Table.Th w={180}>{w('used')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row) => (
            <Table.Tr key={row.key} style={{ verticalAlign: 'top' }} data-testid={`prompt-${row.key}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.key}</Table.Td>
              <Table.Td>
                <Words spoken={row.texts.vi} language="vi" row={row} speaker={speaker} onChange={mayRecord ? setChanging : null} />
              </Table.Td>
              <Table.Td>
                <Words spoken={row.texts.en} language="en" row={row} speaker={speaker} onChange={mayRecord ? setChanging : null} />
              </Table.Td>
              <Table.Td c="gray.7">{used.get(row.key)?.slice(0, 3).join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown && (
        <Center mt="md">
          <Button variant="default" onClick={() => setShown(shown + atOnce)}>
            {w('moreOf', { n: rows.length - shown })}
          </Button>
        </Center>
      )}
      {changing !== null && (
        <PromptDialog
          chosen={changing}
          onClose={() => setChanging(null)}
          onChanged={() => {
            speaker.forget()
            reload()
          }}
        />
      )}
    </Paper>
  )
}

interface WordsProps {
  spoken: Sounding | undefined
  language: 'vi' | 'en'
  row: PromptRow
  speaker: Speaker
  onChange: ((chosen: Chosen) => void) | null
}

function Words({ spoken, language, row, speaker, onChange }: WordsProps) {
  const { w } = useWords(words)
  if (spoken === undefined) {
    return (
      <Text size="sm" c="red.9">
        {w('missing')}
      </Text>
    )
  }
  return (
    <Group gap={6} wrap="nowrap" align="start">
      <ListenButton speaker={speaker} language={language} prompt={row.key} />
      <Text size="sm">
        {spoken.text}{' '}
        {spoken.language !== language && (
          <Badge size="sm" tt="none" variant="light" color="gray" c="gray.8">
            {spoken.language}
          </Badge>
        )}
        <Text span size="xs" c="gray.7" className="tick" data-testid={`made-${language}-${row.key}`} data-recorded={spoken.recorded}>
          {w(spoken.recorded ? 'byPerson' : 'byMachine')} · {w('seconds', { n: (spoken.length_ms / 1000).toFixed(1) })}
        </Text>
        {onChange !== null && (
          <ActionIcon variant="subtle" size="sm" ml={4} aria-label={w('changeOf', { key: row.key, language: w(language) })} title={w('change')} onClick={() => onChange({ key: row.key, language, spoken })} data-testid={`record-${language}-${row.key}`}>
            <IconMicrophone size={16} />
          </ActionIcon>
        )}
      </Text>
    </Group>
  )
}
