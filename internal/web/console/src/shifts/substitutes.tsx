import { Alert, Badge, Button, Group, Loader, Modal, Stack, Table, Text } from '@mantine/core'
import { useLoad } from '../api/use-load'
import { query } from '../api/client'
import { useWords } from '../text/words'
import { BrokenRules } from './broken-rules'
import { hours } from './dates'
import { slotText } from './slot-text'
import type { ShiftInfo, Slot, Substitute, Who } from './types'
import { words } from './words'

interface Props {
  slot: Slot
  shifts: readonly ShiftInfo[]
  onClose: () => void
  onAssign: (who: Who) => void
}

/** Who could take a seat, the best first, and what speaks against the others. */
export function Substitutes({ slot, shifts, onClose, onAssign }: Props) {
  const { w, pick, language } = useWords(words)
  const { data, problem } = useLoad<{ substitutes: Substitute[] }>(`/roster/substitutes${query({ date: slot.date, shift: slot.shift })}`)
  return (
    <Modal opened onClose={onClose} title={w('substitutes', { slot: slotText(slot, shifts, language) })} size="xl">
      <Stack gap="sm" data-testid="substitutes">
        <Text c="gray.7">{w('substitutesLead')}</Text>
        {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
        {data === null && problem === null && <Loader />}
        {data?.substitutes.length === 0 && <Text>{w('substitutesNone')}</Text>}
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {data?.substitutes.map((x) => (
              <Table.Tr key={x.agent} data-testid="substitute">
                <Table.Td>
                  <Group gap="xs">
                    <Text fw={600}>{x.name}</Text>
                    {x.on_call && (
                      <Badge tt="none" variant="light" c="teal.9" color="teal">
                        {w('onCall')}
                      </Badge>
                    )}
                  </Group>
                  <BrokenRules problems={x.problems} />
                </Table.Td>
                <Table.Td className="tick" w={190}>
                  <Text size="sm">{w('weekHours', { n: hours(x.week_ms, language) })}</Text>
                  <Text size="sm" c="gray.7">
                    {x.rest_ms > 0 && w('restBefore', { n: hours(x.rest_ms, language) })}
                  </Text>
                </Table.Td>
                <Table.Td w={190} ta="right">
                  <Button
                    size="compact-md"
                    variant={x.problems.length === 0 ? 'filled' : 'default'}
                    title={x.problems.length === 0 ? undefined : w('mustAgree')}
                    onClick={() => onAssign({ agent: x.agent, name: x.name })}
                    data-testid={`take-seat-${x.agent}`}
                  >
                    {w(x.problems.length === 0 ? 'assign' : 'assignAnyway')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  )
}
