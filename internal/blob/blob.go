// Package blob keeps finished files, recordings above all, under keys such as
// 2026/11/24/bd1-1764000000.42.wav.
//
// A key is a path of plain names: no empty part, no "." or "..", no backslash, none
// that begins with a dot. A file is there whole or not at all, whenever the power goes.
package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

// What can be wrong with a file.
var (
	ErrNotFound = errors.New("no such file is kept")
	ErrKey      = errors.New("not a key of a kept file")
	ErrFull     = errors.New("the disk is full; free some space or move the folder to a larger disk")
)

// unfinished begins the name of a file that is being written.
const unfinished = ".part-"

// Directory keeps files below one folder of a local disk.
type Directory struct{ root *os.Root }

// OpenDirectory opens the folder, which it makes when missing, and removes what an
// earlier run left unfinished.
func OpenDirectory(dir string) (*Directory, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	d := &Directory{root: root}
	if err := d.sweep(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return d, nil
}

// sweep removes unfinished files. They are all in the topmost folder, so that this
// does not walk through years of recordings.
func (d *Directory) sweep() error {
	names, err := fs.Glob(d.root.FS(), unfinished+"*")
	if err != nil {
		return fmt.Errorf("opening the file store: %w", err)
	}
	for _, name := range names {
		if err := d.root.Remove(name); err != nil {
			return fmt.Errorf("removing an unfinished file: %w", err)
		}
	}
	return nil
}

// Close lets the folder go.
func (d *Directory) Close() error { return d.root.Close() }

// Put keeps what write writes. The file appears whole, synced to disk, or not at
// all; one that was kept under the key before is replaced. A full disk is ErrFull.
func (d *Directory) Put(ctx context.Context, key string, write func(io.Writer) error) error {
	if err := d.put(ctx, key, write); err != nil {
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
			err = fmt.Errorf("%w: %w", ErrFull, err)
		}
		return fmt.Errorf("keeping %q: %w", key, err)
	}
	return nil
}

func (d *Directory) put(ctx context.Context, key string, write func(io.Writer) error) error {
	if !valid(key) {
		return ErrKey
	}
	part := unfinished + rand.Text()
	f, err := d.root.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(write(writer{ctx, f}), f.Sync(), f.Close())
	if err == nil {
		err = d.place(part, key)
	}
	if err != nil {
		return errors.Join(err, d.remove(part))
	}
	return nil
}

// place gives a finished file its name, and syncs every folder that has changed: a
// name that is not synced may be gone after the power was.
func (d *Directory) place(part, key string) error {
	dir := path.Dir(key)
	if err := d.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := d.root.Rename(part, key); err != nil {
		return err
	}
	for {
		if err := d.syncFolder(dir); err != nil {
			return err
		}
		if dir == "." {
			return nil
		}
		dir = path.Dir(dir)
	}
}

func (d *Directory) syncFolder(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open reads a file and tells when it was kept. The reader must be closed. What is
// not there is ErrNotFound.
func (d *Directory) Open(_ context.Context, key string) (io.ReadSeekCloser, time.Time, error) {
	if !valid(key) {
		return nil, time.Time{}, fmt.Errorf("opening %q: %w", key, ErrNotFound)
	}
	f, err := d.root.Open(key)
	if missing(err) {
		return nil, time.Time{}, fmt.Errorf("opening %q: %w", key, ErrNotFound)
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("opening %q: %w", key, err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotFound
	}
	if err != nil {
		return nil, time.Time{}, errors.Join(fmt.Errorf("opening %q: %w", key, err), f.Close())
	}
	return f, info.ModTime(), nil
}

// Delete removes a file; one that is not there is no error.
func (d *Directory) Delete(_ context.Context, key string) error {
	if !valid(key) {
		return fmt.Errorf("removing %q: %w", key, ErrKey)
	}
	if err := d.remove(key); err != nil {
		return fmt.Errorf("removing %q: %w", key, err)
	}
	return nil
}

func (d *Directory) remove(name string) error {
	if err := d.root.Remove(name); !missing(err) {
		return err
	}
	return nil
}

// missing also covers a file where the key has a folder.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func valid(key string) bool {
	if !fs.ValidPath(key) || key == "." || strings.ContainsAny(key, "\\\x00") {
		return false
	}
	for part := range strings.SplitSeq(key, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return true
}

// writer gives up when nobody waits any more.
type writer struct {
	ctx context.Context
	w   io.Writer
}

func (w writer) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}
