// A place in words, with a pin on the map.
import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconMapPin, IconMapPinOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { Place } from '../api/types'
import { useWords } from '../text/words'
import { PlaceMap } from './map'
import { districtAt, frame, type Position } from './province'
import { words } from './words'

/** The pin of a place, or null. */
export function pinOf(place: Place): Position | null {
  return place.located === true ? { lat: place.lat ?? 0, lon: place.lon ?? 0 } : null
}

export function PlaceField({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const { w } = useWords(words)
  const [open, setOpen] = useState(false)
  const pin = pinOf(place)
  const said = place.said ?? ''
  const put = (at: Position | null) => onChange(at === null ? { said } : { said, located: true, ...at })
  return (
    <>
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          label={w('place')}
          placeholder={w('placePlaceholder')}
          maxLength={500}
          value={said}
          onChange={(event) => onChange({ ...place, said: event.currentTarget.value })}
          data-testid="form-place"
        />
        <Button variant={pin === null ? 'default' : 'light'} px="sm" leftSection={<IconMapPin size={18} />} onClick={() => setOpen(true)} data-testid="pin-open" data-pinned={pin !== null}>
          {pin === null ? w('pin') : (districtAt(pin)?.name ?? w('pin'))}
        </Button>
      </Group>
      <Modal opened={open} onClose={() => setOpen(false)} title={w('pinTitle')} size="lg" data-testid="pin-dialog">
        <Stack gap="sm">
          <Text size="sm">{w('pinLead')}</Text>
          <PlaceMap pin={pin} onPick={put} />
          <Group align="end" wrap="nowrap">
            <Degree label={w('lat')} value={pin?.lat} min={frame.south} max={frame.north} onChange={(lat) => put({ lat, lon: pin?.lon ?? (frame.west + frame.east) / 2 })} />
            <Degree label={w('lon')} value={pin?.lon} min={frame.west} max={frame.east} onChange={(lon) => put({ lat: pin?.lat ?? (frame.south + frame.north) / 2, lon })} />
            <Button variant="default" disabled={pin === null} leftSection={<IconMapPinOff size={18} />} onClick={() => put(null)}>
              {w('pinRemove')}
            </Button>
            <Button onClick={() => setOpen(false)} data-testid="pin-done">
              {w('pinDone')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function Degree({ label, value, min, max, onChange }: { label: string; value: number | undefined; min: number; max: number; onChange: (value: number) => void }) {
  return (
    <NumberInput
      flex={1}
      label={label}
      value={value ?? ''}
      min={min}
      max={max}
      step={0.001}
      decimalScale={5}
      hideControls
      onChange={(next) => typeof next === 'number' && next >= min && next <= max && onChange(next)}
    />
  )
}
