package recording

import "context"

// Join lets a benchmark join without a keeper.
func Join(ctx context.Context, folder string, name string, store Store) error {
	_, err := spool(folder).join(ctx, name, store)
	return err
}
