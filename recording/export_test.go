package recording

import (
	"context"

	"hotline1022/internal/call"
)

// Join lets a benchmark join without a keeper.
func Join(ctx context.Context, folder string, id call.ID, store Store) error {
	_, err := spool(folder).join(ctx, id, store)
	return err
}
