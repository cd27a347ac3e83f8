// Package blob keeps finished files, recordings above all, under keys such as
// 2026/11/24/bd1-1764000000.42.wav.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// ErrNotFound says that nothing is kept under the key.
var ErrNotFound = errors.New("no such file is kept")

// Directory keeps files below one folder of a local disk.
type Directory struct{ root *os.Root }

// OpenDirectory opens the folder, which it makes when missing.
func OpenDirectory(dir string) (*Directory, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	return &Directory{root: root}, nil
}

// Close lets the folder go.
func (d *Directory) Close() error { return d.root.Close() }

// Put keeps what write writes. The file appears whole, synced to disk, or not at
// all; one that was kept under the key before is replaced.
func (d *Directory) Put(_ context.Context, key string, write func(io.Writer) error) error {
	part := key + ".part"
	if err := d.root.MkdirAll(path.Dir(key), 0o700); err != nil {
		return fmt.Errorf("keeping %s: %w", key, err)
	}
	f, err := d.root.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("keeping %s: %w", key, err)
	}
	err = errors.Join(write(f), f.Sync(), f.Close())
	if err == nil {
		err = d.root.Rename(part, key)
	}
	if err != nil {
		d.root.Remove(part) //nolint:errcheck // the first error is the one to tell
		return fmt.Errorf("keeping %s: %w", key, err)
	}
	return nil
}

// Open reads a file. The reader must be closed.
func (d *Directory) Open(_ context.Context, key string) (io.ReadSeekCloser, time.Time, error) {
	f, err := d.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, ErrNotFound
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("opening %s: %w", key, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close() //nolint:errcheck // only read
		return nil, time.Time{}, fmt.Errorf("opening %s: %w", key, err)
	}
	return f, info.ModTime(), nil
}
