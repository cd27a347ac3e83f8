import { createTheme, type MantineColorsTuple } from '@mantine/core'
import type { AgentState, Group, TicketStatus } from './api/types'

// The blue of the province's public services, dark enough for white text.
const civic: MantineColorsTuple = [
  '#eaf3fc', '#d3e3f5', '#a5c5ea', '#74a6df', '#4c8bd6', '#337ad1', '#2471cf', '#1560b8', '#0a55a5', '#004992',
]

export const theme = createTheme({
  primaryColor: 'civic',
  primaryShade: { light: 8, dark: 5 },
  colors: { civic },
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  defaultRadius: 'md',
  components: {
    Button: { defaultProps: { fw: 600 } },
    // A question is there at once: nobody waits for it to fly in.
    Modal: { defaultProps: { transitionProps: { duration: 0 }, styles: { title: { fontWeight: 700 } } } },
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
