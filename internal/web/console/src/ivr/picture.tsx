import { useMemo } from 'react'
import { useWords } from '../text/words'
import { pictureOf, type Flow, type Placed, type Step, type Way } from './flow'
import classes from './ivr.module.css'
import { words } from './words'

const width = 216
const height = 34
const rowHeight = 42
const columnWidth = 300
const margin = 6

interface Props {
  flow: Flow
  /** The walk so far; its last step is where the caller is. */
  walk: readonly Step[]
  chosen: string
  onChoose: (name: string) => void
}

/** The flow as a tree, from the greeting on the left to queues on the right. */
export function FlowPicture({ flow, walk, chosen, onChoose }: Props) {
  const { w } = useWords(words)
  const picture = useMemo(() => pictureOf(flow), [flow])
  const at = new Map(picture.placed.map((p) => [p.node.name, p]))
  const walked = new Set(walk.map((step) => step.node))
  const here = walk.at(-1)?.node ?? ''
  const stepped = (way: Way) => walk.some((step, i) => step.node === way.to && walk[i - 1]?.node === way.from)
  const label = (way: Way) => (way.how === 'key' ? way.keys.join(' ') : w(way.how === 'otherwise' ? 'anyOther' : 'noChoice'))
  const size = { width: (picture.columns - 1) * columnWidth + width + 2 * margin, height: picture.rows * rowHeight + 2 * margin }
  const draw = (way: Way, jump: boolean) => {
    const from = at.get(way.from)
    const to = at.get(way.to)
    if (from === undefined || to === undefined) return null
    return <WayLine key={`${way.from} ${way.to} ${way.how}`} from={from} to={to} label={label(way)} jump={jump} emergency={to.node.emergency} walked={stepped(way)} />
  }
  return (
    <svg className={classes.picture} viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={w('picture')} data-testid="ivr-picture" data-here={here}>
      {picture.jumps.map((way) => draw(way, true))}
      {picture.branches.map((way) => draw(way, false))}
      {picture.placed.map((placed) => {
        const { node } = placed
        const { x, y } = corner(placed)
        return (
          <g
            key={node.name}
            className={classes.node}
            data-kind={node.kind}
            data-emergency={node.emergency || undefined}
            data-walked={walked.has(node.name) || undefined}
            data-here={node.name === here || undefined}
            data-chosen={node.name === chosen || undefined}
            data-testid={`node-${node.name}`}
            transform={`translate(${x} ${y})`}
            role="button"
            tabIndex={0}
            aria-label={`${w(node.kind)}: ${node.label}`}
            aria-pressed={node.name === chosen}
            onClick={() => onChoose(node.name)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return
              event.preventDefault()
              onChoose(node.name)
            }}
          >
            <title>{node.label}</title>
            <rect width={width} height={height} rx={node.kind === 'menu' ? 6 : height / 2} />
            <text x={14} y={height / 2} dominantBaseline="central">
              {short(node.label)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function corner({ column, row }: Placed): { x: number; y: number } {
  return { x: margin + column * columnWidth, y: margin + row * rowHeight + (rowHeight - height) / 2 }
}

// What is longer would run out of its box.
function short(label: string): string {
  return label.length > 27 ? `${label.slice(0, 26)}…` : label
}

interface LineProps {
  from: Placed
  to: Placed
  label: string
  jump: boolean
  emergency: boolean
  walked: boolean
}

function WayLine({ from, to, label, jump, emergency, walked }: LineProps) {
  const a = corner(from)
  const b = corner(to)
  const start = { x: a.x + width, y: a.y + height / 2 }
  // A jump within a column, or back, goes around on the right.
  const beside = jump && b.x <= a.x
  const end = { x: beside ? b.x + width : b.x, y: b.y + height / 2 }
  const bend = beside ? 60 : (end.x - start.x) / 2
  const path = beside
    ? `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x + bend} ${end.y} ${end.x} ${end.y}`
    : `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`
  const sign = beside ? { x: start.x + 20, y: start.y + Math.sign(end.y - start.y) * 12 } : { x: end.x - 22, y: end.y }
  const wide = Math.max(20, 8 + 7.2 * label.length)
  const left = beside ? sign.x - wide / 2 : sign.x + 14 - wide
  return (
    <g>
      <path className={classes.way} d={path} data-jump={jump || undefined} data-emergency={emergency || undefined} data-walked={walked || undefined} />
      <rect className={classes.badge} x={left} y={sign.y - 9} width={wide} height={18} rx={4} />
      <text className={classes.label} x={left + wide / 2} y={sign.y}>
        {label}
      </text>
    </g>
  )
}
