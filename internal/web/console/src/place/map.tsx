// The sketch of the province with a pin. Pointed at with the mouse, or with the arrow
// keys once it has the focus.
import { useWords } from '../text/words'
import classes from './map.module.css'
import { districtAt, districts, fromPicture, middle, size, toPicture, type District, type Position } from './province'
import { words } from './words'

const stepPx = 2
const longStepPx = 20
const center = { x: size.width / 2, y: size.height / 2 }

/** Without onPick it only shows where the pin is. */
export function PlaceMap({ pin, onPick }: { pin: Position | null; onPick?: (at: Position) => void }) {
  const { w } = useWords(words)
  const here = pin === null ? null : districtAt(pin)
  const label = pin === null ? w('mapEmpty') : w('mapPinned', { where: here?.name ?? w('outside'), lat: pin.lat.toFixed(5), lon: pin.lon.toFixed(5) })

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.shiftKey ? longStepPx : stepPx
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step], Enter: [0, 0], ' ': [0, 0] }[event.key] ?? []
    if (dx === undefined || dy === undefined || onPick === undefined) return
    event.preventDefault()
    const from = pin === null ? center : toPicture(pin)
    onPick(pin === null ? fromPicture(center.x, center.y) : fromPicture(from.x + dx, from.y + dy))
  }
  const onClick = (event: React.MouseEvent<SVGSVGElement>) => {
    // The picture is scaled, and centred in its element.
    const matrix = event.currentTarget.getScreenCTM()
    if (matrix === null || onPick === undefined) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    onPick(fromPicture(x, y))
  }
  const picked = pin === null ? null : toPicture(pin)
  const use = onPick === undefined ? { role: 'img' } : { role: 'application', tabIndex: 0, onClick, onKeyDown }
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} className={classes.map} aria-label={label} data-testid="place-map" data-district={here?.name ?? ''} {...use}>
      {districts.map((district) => (
        <polygon key={district.name} className={classes.district} points={outline(district)} data-here={district === here || undefined} />
      ))}
      {districts.map((district) => {
        const { x, y } = toPicture(middle(district))
        return (
          <text key={district.name} x={x} y={y} className={classes.name}>
            {district.name}
          </text>
        )
      })}
      {picked !== null && <path className={classes.pin} transform={`translate(${picked.x} ${picked.y})`} d="M0 0 C-4 -12 -14 -18 -14 -29 A14 14 0 1 1 14 -29 C14 -18 4 -12 0 0 Z" />}
    </svg>
  )
}

function outline({ corners }: District): string {
  return corners
    .map(([lon, lat]) => {
      const { x, y } = toPicture({ lon, lat })
      return `${x},${y}`
    })
    .join(' ')
}
