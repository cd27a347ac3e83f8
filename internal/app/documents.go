package app

import (
	"context"

	"hotline1022/internal/config"
	"hotline1022/internal/web"
)

// documents is the configuration as the pages edit it.
type documents struct{ *config.Editor }

var _ web.Documents = documents{}

func (a *App) documents() documents {
	return documents{config.NewEditor(a.opts.Config.Dir, a.db, a.Reload)}
}

// Version is one of the history.
func (d documents) Version(ctx context.Context, name string, number int) (config.Version, error) {
	v, err := d.Editor.Version(ctx, name, number)
	return v, notFound(err)
}
