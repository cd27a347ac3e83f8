import { createTheme, DEFAULT_THEME, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'
import type { AgentState, Group, TicketStatus } from './api/types'

// The blue of the province's public services, dark enough for white text.
const civic: MantineColorsTuple = [
  '#eaf3fc', '#d3e3f5', '#a5c5ea', '#74a6df', '#4c8bd6', '#337ad1', '#2471cf', '#1560b8', '#0a55a5', '#004992',
]

/** A colour whose two darkest shades carry white text, and are text on its light ones (WCAG 2.1 §1.4.3). */
function readable(name: 'green' | 'teal' | 'orange' | 'cyan' | 'red', dark: string, darkest: string): MantineColorsTuple {
  const [a, b, c, d, e, f, g, h] = DEFAULT_THEME.colors[name]
  return [a, b, c, d, e, f, g, h, dark, darkest]
}

const colors = {
  civic,
  green: readable('green', '#1f7a35', '#175c28'),
  teal: readable('teal', '#087a57', '#066044'),
  orange: readable('orange', '#b84300', '#8f3400'),
  cyan: readable('cyan', '#0b7285', '#095c6b'),
  red: readable('red', '#d42a2a', '#a81f1f'),
}

/** The look of all pages; close is what a dialog's button says to who cannot see it. */
export const themeIn = (close: string): MantineThemeOverride => createTheme({
  primaryColor: 'civic',
  primaryShade: { light: 8, dark: 5 },
  colors,
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  defaultRadius: 'md',
  components: {
    Button: { defaultProps: { fw: 600 } },
    InputWrapper: { defaultProps: { descriptionProps: { c: 'gray.7' } } },
    // A question is there at once: nobody waits for it to fly in.
    Modal: { defaultProps: { transitionProps: { duration: 0 }, closeButtonProps: { 'aria-label': close }, styles: { title: { fontWeight: 700 } } } },
    Paper: { defaultProps: { withBorder: true, p: 'lg' } },
  },
})

/** One colour for each state of an agent, everywhere. */
export const stateColor: Record<AgentState, string> = {
  offline: 'gray',
  available: 'green',
  reserved: 'blue',
  ringing: 'blue',
  talking: 'cyan',
  wrap_up: 'violet',
  paused: 'orange',
}

export const groupColor: Record<Group, string> = { procedure: 'indigo', emergency: 'red', field: 'teal' }

export const statusColor: Record<TicketStatus, string> = { new: 'blue', answered: 'green', missed: 'orange' }
