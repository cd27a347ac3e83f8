import { Kbd, Modal, Table } from '@mantine/core'
import { useText } from '../text/language'
import { keys } from './keys'

/** All keys of the desk. */
export function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t, pick } = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={t('keysTitle')} data-testid="help-sheet">
      <Table>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.keys}>
              <Table.Th scope="row" className="nowrap">
                <Kbd>{key.keys}</Kbd>
              </Table.Th>
              <Table.Td>{pick(key.what)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
