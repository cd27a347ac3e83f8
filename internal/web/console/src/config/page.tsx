import { Alert, Center, Loader, NavLink, Paper, Stack } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Permission } from '../account/types'
import { useLoad } from '../api/use-load'
import { useWords } from '../text/words'
import classes from './config.module.css'
import { DocumentEditor } from './document'
import { BackOffice } from './frame'
import type { Doc } from './types'
import { words } from './words'

/** The documents of the configuration, to be read, changed, and taken back. */
export function ConfigPage({ me, may, name }: { me: string; may: readonly Permission[]; name: string }) {
  const { w, pick } = useWords(words)
  const { data, problem } = useLoad<{ documents: Doc[] }>('/config')
  if (data === null) {
    return <Center mih="50vh">{problem === null ? <Loader /> : <Alert color="red">{pick(problem)}</Alert>}</Center>
  }
  return (
    <BackOffice may={may}>
      <div className={classes.split}>
        <Paper p="xs" component="nav" aria-label={w('documents')}>
          <Stack gap={2}>
            {data.documents.map((d) => (
              <NavLink
                key={d.name}
                component={Link}
                href={`/config/${d.name}`}
                active={d.name === name}
                label={pick(d)}
                description={d.file}
                rightSection={d.guarded ? <IconShieldExclamation size={18} color="var(--mantine-color-red-8)" aria-hidden /> : undefined}
                data-testid={`document-${d.name}`}
              />
            ))}
          </Stack>
        </Paper>
        <DocumentEditor key={name} me={me} name={name} />
      </div>
    </BackOffice>
  )
}
