package app

import (
	"context"
	"time"
)

func (a *App) startFigures(context.Context) error { return nil }

func (a *App) live(now time.Time) any { return map[string]any{"at": now} }
