package app

import "hotline1022/internal/journal"

// Journal is where events go, for tests that tell of more desks than a machine can hold.
func (a *App) Journal() *journal.Journal { return a.journal }
