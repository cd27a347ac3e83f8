// A sketch of the province, drawn by hand: nine districts as simple outlines, so that a
// place can be pointed at with no request to any other host. It is nothing to measure
// with. Corners are longitude and latitude (WGS 84); neighbours share theirs.

export interface Position {
  lat: number
  lon: number
}

type Corner = readonly [lon: number, lat: number]

export interface District {
  name: string
  corners: readonly Corner[]
}

const corner = {
  a: [106.36, 11.36],
  b: [106.46, 11.5],
  c: [106.6, 11.47],
  d: [106.68, 11.44],
  e: [106.78, 11.52],
  f: [106.88, 11.47],
  g: [106.93, 11.36],
  h: [106.91, 11.25],
  i: [106.97, 11.14],
  j: [106.93, 11.05],
  k: [106.86, 11.03],
  l: [106.81, 11.1],
  m: [106.755, 11.18],
  n: [106.695, 11.12],
  o: [106.675, 11.06],
  p: [106.62, 11.05],
  q: [106.575, 11.07],
  r: [106.53, 11.12],
  s: [106.83, 10.975],
  t: [106.77, 10.955],
  u: [106.735, 10.985],
  v: [106.72, 11.04],
  w: [106.7, 10.975],
  x1: [106.585, 11.36],
  x2: [106.565, 11.27],
  x3: [106.545, 11.2],
  x4: [106.5, 11.15],
  x5: [106.42, 11.22],
  x6: [106.35, 11.28],
  y1: [106.7, 11.36],
  y2: [106.735, 11.27],
  y3: [106.7, 11.2],
  y4: [106.62, 11.21],
  z1: [106.82, 11.22],
  aa: [106.66, 10.95],
  bb: [106.635, 10.985],
  cc: [106.615, 11.02],
  dd: [106.745, 10.925],
  ee: [106.725, 10.88],
  ff: [106.69, 10.87],
  gg: [106.675, 10.905],
  hh: [106.835, 10.925],
  ii: [106.815, 10.875],
  jj: [106.76, 10.86],
} as const satisfies Record<string, Corner>

const district = (name: string, ...corners: (keyof typeof corner)[]): District => ({ name, corners: corners.map((key) => corner[key]) })

export const districts: readonly District[] = [
  district('Dầu Tiếng', 'a', 'b', 'c', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6'),
  district('Bàu Bàng', 'c', 'd', 'y1', 'y2', 'y3', 'y4', 'x3', 'x2', 'x1'),
  district('Phú Giáo', 'd', 'e', 'f', 'g', 'h', 'z1', 'y2', 'y1'),
  district('Bắc Tân Uyên', 'h', 'i', 'j', 'k', 'l', 'm', 'y3', 'y2', 'z1'),
  district('Bến Cát', 'x4', 'x3', 'y4', 'y3', 'n', 'o', 'p', 'q', 'r'),
  district('Tân Uyên', 'y3', 'm', 'l', 'k', 's', 't', 'u', 'v', 'o', 'n'),
  district('Thủ Dầu Một', 'p', 'o', 'v', 'u', 'w', 'aa', 'bb', 'cc'),
  district('Thuận An', 'w', 'u', 't', 'dd', 'ee', 'ff', 'gg', 'aa'),
  district('Dĩ An', 't', 's', 'hh', 'ii', 'jj', 'ee', 'dd'),
]

/** The picture's frame, a little wider than the province. */
export const frame = { west: 106.32, east: 107.0, south: 10.83, north: 11.55 }

/** Width and height of the picture; a degree of longitude is shorter than one of latitude. */
export const size = { width: 680, height: 734 }

export function toPicture({ lat, lon }: Position): { x: number; y: number } {
  return {
    x: ((lon - frame.west) / (frame.east - frame.west)) * size.width,
    y: ((frame.north - lat) / (frame.north - frame.south)) * size.height,
  }
}

/** The position at a place of the picture, kept within its frame, to about a metre. */
export function fromPicture(x: number, y: number): Position {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
  const five = (value: number) => Math.round(value * 1e5) / 1e5
  return {
    lat: five(frame.north - (within(y, size.height) / size.height) * (frame.north - frame.south)),
    lon: five(frame.west + (within(x, size.width) / size.width) * (frame.east - frame.west)),
  }
}

/** Where a district's name is written: the middle of its corners. */
export function middle({ corners }: District): Position {
  const sum = corners.reduce((all, [lon, lat]) => ({ lat: all.lat + lat, lon: all.lon + lon }), { lat: 0, lon: 0 })
  return { lat: sum.lat / corners.length, lon: sum.lon / corners.length }
}

/** The district that the sketch has there, or null: even-odd rule over its corners. */
export function districtAt({ lat, lon }: Position): District | null {
  const holds = ({ corners }: District) => {
    let inside = false
    corners.forEach(([toLon, toLat], i) => {
      const [fromLon, fromLat] = corners[(i + corners.length - 1) % corners.length]!
      if (fromLat > lat !== toLat > lat && lon < ((fromLon - toLon) * (lat - toLat)) / (fromLat - toLat) + toLon) inside = !inside
    })
    return inside
  }
  return districts.find(holds) ?? null
}
