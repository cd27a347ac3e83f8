// The knowledge base for who writes it, and for who only reads: a list, an article, its
// editor with a preview, and what it was before.
import { Alert, Badge, Button, Grid, Group, Paper, Select, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPencil, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { query } from '../api/client'
import type { Article, ArticleStatus, Field } from '../api/types'
import { useLoad } from '../api/use-load'
import { dateTime } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { ArticleBody } from './body'
import { ArticleEditor, blank, type Written } from './editor'
import { words } from './words'

const statuses: ArticleStatus[] = ['draft', 'published', 'withdrawn']
const statusColor: Record<ArticleStatus, string> = { draft: 'orange', published: 'green', withdrawn: 'gray' }

export function ArticlesPage({ mayWrite }: { mayWrite: boolean }) {
  const { w, pick } = useWords(words)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 150)
  const [status, setStatus] = useState('')
  const [chosen, choose] = useState<Article | null>(null)
  const [editing, edit] = useState<Written | null>(null)
  const [said, say] = useState('')
  const { data, problem, reload } = useLoad<{ articles: Article[]; fields: Field[] }>(`/articles${query({ q, status })}`)
  const fields = data?.fields ?? []

  return (
    <Grid gap="lg">
      <Grid.Col span={4}>
        <Paper p="md">
          <Group justify="space-between" mb="sm">
            <Title order={1} fz="lg">
              {w('title')}
            </Title>
            {mayWrite && (
              <Button
                size="sm"
                leftSection={<IconPlus size={18} />}
                onClick={() => {
                  choose(null)
                  edit(blank)
                }}
                data-testid="article-new"
              >
                {w('add')}
              </Button>
            )}
          </Group>
          <Stack gap="xs">
            <TextInput type="search" leftSection={<IconSearch size={18} />} placeholder={w('search')} aria-label={w('search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="articles-search" />
            {mayWrite && (
              <Select clearable aria-label={w('status')} placeholder={w('allStatuses')} data={statuses.map((value) => ({ value, label: w(value) }))} value={status || null} onChange={(value) => setStatus(value ?? '')} />
            )}
            {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
            {data?.articles.length === 0 && <Text c="gray.7">{w('nothing')}</Text>}
            {data?.articles.map((article) => (
              <UnstyledButton
                key={article.id}
                p="xs"
                aria-current={article.id === chosen?.id || undefined}
                bg={article.id === chosen?.id ? 'civic.0' : undefined}
                onClick={() => {
                  choose(article)
                  edit(null)
                  say('')
                }}
                data-testid="article"
                data-id={article.id}
                data-status={article.status}
              >
                <Text fw={600} c="civic.8">
                  {article.title}
                </Text>
                {mayWrite && (
                  <Badge tt="none" color={statusColor[article.status]} variant="light" c={`${statusColor[article.status]}.9`}>
                    {w(article.status)}
                  </Badge>
                )}
              </UnstyledButton>
            ))}
          </Stack>
        </Paper>
      </Grid.Col>
      <Grid.Col span={8}>
        {said !== '' && (
          <Alert color="green" mb="md" data-testid="article-said">
            {said}
          </Alert>
        )}
        {editing !== null ? (
          <ArticleEditor
            key={editing.id}
            from={editing}
            fields={fields}
            onClose={() => edit(null)}
            onSaved={(article) => {
              edit(null)
              choose(article)
              say(w('saved', { version: article.version }))
              reload()
            }}
          />
        ) : chosen === null ? (
          <Paper>
            <Text c="gray.7">{w('choose')}</Text>
          </Paper>
        ) : (
          <Shown article={chosen} fields={fields} onEdit={mayWrite ? edit : null} />
        )}
      </Grid.Col>
    </Grid>
  )
}

function Shown({ article, fields, onEdit }: { article: Article; fields: Field[]; onEdit: ((from: Written) => void) | null }) {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const { data } = useLoad<{ versions: Article[] }>(onEdit === null ? null : `/articles/${article.id}/versions?now=${article.version}`)
  const [older, look] = useState<Article | null>(null)
  const field = fields.find((f) => f.group === article.group && f.key === article.field)
  const shown = older?.id === article.id ? older : article
  return (
    <Stack gap="lg">
      <Paper data-testid="article-shown" data-version={shown.version}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} fz={26}>
            {shown.title}
          </Title>
          {onEdit !== null && (
            <Button leftSection={<IconPencil size={18} />} onClick={() => onEdit({ ...shown, version: article.version })} data-testid="article-edit">
              {shown.version === article.version ? w('edit') : w('takeBack')}
            </Button>
          )}
        </Group>
        <Text size="sm" c="gray.7" mb="sm">
          {t(shown.group)}
          {field !== undefined && ` · ${pick(field)}`} · {w('changedBy', { name: shown.by_name, at: dateTime(shown.at), version: shown.version })}
        </Text>
        <ArticleBody body={shown.body} />
      </Paper>
      {data !== null && data.versions.length > 1 && (
        <Paper p="md">
          <Title order={3} fz="md" mb="xs">
            {w('history')}
          </Title>
          <Group gap="xs">
            {data.versions.map((v) => (
              <Button key={v.version} size="xs" variant={v.version === shown.version ? 'filled' : 'default'} title={`${v.by_name}, ${dateTime(v.at)}`} onClick={() => look(v)} data-testid={`article-version-${v.version}`}>
                {w('version', { version: v.version })}
              </Button>
            ))}
          </Group>
        </Paper>
      )}
    </Stack>
  )
}
