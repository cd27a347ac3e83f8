package switchboard

import (
	"context"
	"errors"
	"log/slog"
)

// request makes one request to the phones, bounded in time. It goes through even when the
// switchboard stops meanwhile. That a leg is gone already is told by its signal, so it
// is no error in the log.
func (b *Board) request(log *slog.Logger, what string, request func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), b.opts.RequestTimeout)
	defer cancel()
	err := request(ctx)
	switch {
	case err == nil:
	case errors.Is(err, ErrGone):
		log.Debug("too late", slog.String("to", what))
	default:
		log.Error("the phones refused", slog.String("to", what), slog.Any("error", err))
	}
	return err
}

// clear is for what must not be left behind: it is asked again, beside the call, until
// it is done.
func (b *Board) clear(log *slog.Logger, what string, request func(context.Context, string) error, id string) {
	err := b.request(log, what, func(ctx context.Context) error { return request(ctx, id) })
	if err != nil && !errors.Is(err, ErrGone) {
		b.insist(what, request, id)
	}
}
