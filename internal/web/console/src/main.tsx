import '@mantine/core/styles.css'
import './base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { language } from './text/language'

document.documentElement.lang = language()
createRoot(document.getElementById('root')!).render(<App />)
