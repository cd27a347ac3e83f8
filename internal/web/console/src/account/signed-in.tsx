import { Center, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useText } from '../text/language'

/** Where the other sign-in's window ends: the console behind it goes on by itself. */
export function SignedIn() {
  const { t } = useText()
  useEffect(() => window.close(), [])
  return (
    <Center mih="100vh" p="md">
      <Text fz="lg">{t('signedInElsewhere')}</Text>
    </Center>
  )
}
