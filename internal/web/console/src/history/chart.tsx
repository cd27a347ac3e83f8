// A picture of some numbers over time, drawn by hand: three charts are no reason for a
// library in everybody's first load.
import { Link } from 'wouter'
import classes from './history.module.css'
import { top } from './periods'

export interface Series {
  name: string
  color: string
  values: (number | null)[]
}

interface ChartProps {
  title: string
  labels: string[]
  series: Series[]
  kind: 'bars' | 'line'
  /** The end of the axis; a round number above the values without. */
  most?: number
  text: (value: number) => string
  /** Where a period's calls are listed. */
  href: (at: number) => string
}

const [width, height, left, bottom] = [900, 220, 60, 26]

export function Chart({ title, labels, series, kind, most, text, href }: ChartProps) {
  const end = most ?? top(series.flatMap((s) => s.values.map((v) => v ?? 0)))
  const step = (width - left) / Math.max(labels.length, 1)
  const y = (value: number) => (height - bottom) * (1 - value / end) + 10
  const each = Math.max(1, Math.ceil(labels.length / 16)) // so many labels fit
  return (
    <figure className={classes.chart}>
      <figcaption>
        <b>{title}</b>
        {series.map((s) => (
          <span key={s.name}>
            <i style={{ background: s.color }} /> {s.name}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 12}`} role="img" aria-label={title}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={left} x2={width} y1={y(end * share)} y2={y(end * share)} className={classes.grid} />
            <text x={left - 6} y={y(end * share) + 4} textAnchor="end">
              {text(end * share)}
            </text>
          </g>
        ))}
        {kind === 'bars' ? <Bars series={series} step={step} y={y} /> : <Lines series={series} step={step} y={y} />}
        {labels.map((label, i) => (
          <Link key={label} href={href(i)} aria-label={`${label}: ${series.map((s) => `${s.name} ${shown(s.values[i], text)}`).join(', ')}`}>
            <title>{`${label}\n${series.map((s) => `${s.name}: ${shown(s.values[i], text)}`).join('\n')}`}</title>
            <rect x={left + i * step} y={0} width={step} height={height + 10} className={classes.hit} />
            {i % each === 0 && (
              <text x={left + (i + 0.5) * step} y={height + 4} textAnchor="middle">
                {label}
              </text>
            )}
          </Link>
        ))}
      </svg>
    </figure>
  )
}

interface Drawn {
  series: Series[]
  step: number
  y: (value: number) => number
}

function Bars({ series, step, y }: Drawn) {
  const wide = (step * 0.8) / series.length
  return series.flatMap((s, n) =>
    s.values.map((value, i) => value !== null && value > 0 && <rect key={`${s.name} ${i}`} x={left + i * step + step * 0.1 + n * wide} y={y(value)} width={Math.max(wide - 1, 1)} height={y(0) - y(value)} fill={s.color} />),
  )
}

function Lines({ series, step, y }: Drawn) {
  return series.map((s) => {
    // Where there is no value the line is broken, and not at nought.
    let pen = 'M'
    const path = s.values.map((value, i) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const part = `${pen}${left + (i + 0.5) * step} ${y(value)}`
      pen = 'L'
      return part
    })
    return (
      <g key={s.name}>
        <path d={path.join('')} fill="none" stroke={s.color} strokeWidth={2.5} />
        {s.values.map((value, i) => value !== null && <circle key={i} cx={left + (i + 0.5) * step} cy={y(value)} r={3.5} fill={s.color} />)}
      </g>
    )
  })
}

function shown(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? '–' : text(value)
}
