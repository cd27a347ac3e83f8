import { expect, test } from 'vitest'
import { districtAt, districts, frame, fromPicture, middle, size, toPicture } from './province'

test('there are nine districts, and each holds its own name', () => {
  expect(districts).toHaveLength(9)
  for (const district of districts) expect(districtAt(middle(district))?.name).toBe(district.name)
})

test('well-known places lie where they are', () => {
  expect(districtAt({ lat: 10.98, lon: 106.6519 })?.name).toBe('Thủ Dầu Một')
  expect(districtAt({ lat: 10.9068, lon: 106.77 })?.name).toBe('Dĩ An')
  expect(districtAt({ lat: 10.91, lon: 106.7 })?.name).toBe('Thuận An')
  expect(districtAt({ lat: 10.7769, lon: 106.7009 })).toBeNull() // another city
})

test('a place in the picture is a position and back', () => {
  const { lat, lon } = fromPicture(123, 456)
  const { x, y } = toPicture({ lat, lon })
  expect(x).toBeCloseTo(123, 1)
  expect(y).toBeCloseTo(456, 1)
  expect(fromPicture(-5, size.height + 5)).toEqual({ lat: frame.south, lon: frame.west })
})
