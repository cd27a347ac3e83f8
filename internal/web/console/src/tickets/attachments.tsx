// A ticket's files: those there are, and one more.
import { Alert, Anchor, FileButton, Group, Button, Stack, Text } from '@mantine/core'
import { IconFile, IconPaperclip } from '@tabler/icons-react'
import { useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { Attachment, Words } from '../api/types'
import { fileSize, words } from '../desk/form-words'
import { timeOfDay } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'

const accepted = 'image/jpeg,image/png,image/webp,image/gif,application/pdf,audio/wav,audio/mpeg,video/mp4,video/webm'

export function AttachmentList({ code, files }: { code: string; files: readonly Attachment[] }) {
  const { w } = useWords(words)
  return (
    <Stack gap={4}>
      {files.map((file) => (
        <Group key={file.id} gap="xs" wrap="nowrap" data-testid="attachment" data-type={file.type}>
          {file.type.startsWith('image/') ? (
            <img src={`/api/tickets/${code}/attachments/${file.id}?show=1`} alt="" width={36} height={36} loading="lazy" style={{ objectFit: 'cover', borderRadius: 4 }} />
          ) : (
            <IconFile size={24} aria-hidden />
          )}
          <div style={{ minWidth: 0 }}>
            <Anchor href={`/api/tickets/${code}/attachments/${file.id}`} download={file.name} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Anchor>
            <Text size="xs" c="gray.7">
              {fileSize(file.bytes)} · {w('fileBy', { name: file.by_name, time: timeOfDay(file.at).slice(0, 5) })}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  )
}

/** The button that adds files, one after the other, and what kept one from being added. */
export function AddAttachment({ code, onAdded }: { code: string; onAdded: (file: Attachment) => void }) {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Words | null>(null)
  const add = async (files: File[]) => {
    setBusy(true)
    setProblem(null)
    try {
      for (const file of files) {
        onAdded(await api<Attachment>('POST', `/tickets/${code}/attachments?name=${encodeURIComponent(file.name)}`, file))
      }
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <FileButton multiple accept={accepted} onChange={(files) => void add(files)} inputProps={{ 'aria-label': w('addFile'), ...testId }}>
        {(props) => (
          <Button {...props} size="xs" variant="default" loading={busy} title={w('addFileHint')} leftSection={<IconPaperclip size={16} />} data-testid="attach">
            {w('addFile')}
          </Button>
        )}
      </FileButton>
      {problem !== null && (
        <Alert color="red" py="xs" withCloseButton closeButtonLabel={t('close')} onClose={() => setProblem(null)} data-testid="attach-problem">
          {pick(problem)}
        </Alert>
      )}
    </>
  )
}

// Given to the input that the button stands for: a test puts its file there.
const testId = { 'data-testid': 'attach-file' } as object
