package postgres

import (
	"io/fs"
	"testing"
)

// MigrationFiles lets a test migrate a part of the way.
func MigrationFiles(tb testing.TB) fs.FS {
	tb.Helper()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		tb.Fatal(err)
	}
	return files
}
