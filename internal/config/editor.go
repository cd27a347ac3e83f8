package config

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hotline1022/ivr/document"
)

// Errors of an edit, which are a person's.
var (
	ErrNoDocument = errors.New("there is no such document")
	ErrChanged    = errors.New("the document has been changed since it was read")
	ErrSame       = errors.New("the document is the same as before")
	ErrNotWanted  = errors.New("the new configuration was not taken into use")
)

// Store keeps versions of documents.
type Store interface {
	ConfigVersions(ctx context.Context, document string, limit int) ([]Version, error)
	ConfigVersion(ctx context.Context, document string, number int) (Version, error)
	// KeepConfig adds next to the history, and before it what was found on disk unless that
	// is the last version there. It calls use before the new version stands; when that fails,
	// nothing is kept. It gives the number of the new version.
	KeepConfig(ctx context.Context, found, next Version, use func() error) (int, error)
}

// Editor changes the documents of a folder, one change at a time. What is wrong never
// reaches a file.
type Editor struct {
	dir   string
	store Store
	use   func() error // takes the folder's files into use, or leaves all as it was

	changing sync.Mutex
}

// NewEditor edits the folder; use takes its files into use.
func NewEditor(dir string, store Store, use func() error) *Editor {
	return &Editor{dir: filepath.Clean(dir), store: store, use: use}
}

// Sum is how a text is known again.
func Sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Read gives a document as it is on disk.
func (e *Editor) Read(name string) (Document, string, error) {
	d, ok := DocumentNamed(name)
	if !ok {
		return Document{}, "", ErrNoDocument
	}
	data, err := os.ReadFile(filepath.Join(e.dir, d.File))
	if err != nil {
		return Document{}, "", fmt.Errorf("reading %s: %w", d.File, err)
	}
	return d, string(data), nil
}

// Check reads the whole folder as it would be with this text. The error is
// document.Problems when a text is at fault; files are named below the folder.
func (e *Editor) Check(name, text string) (*Config, error) {
	d, ok := DocumentNamed(name)
	if !ok {
		return nil, ErrNoDocument
	}
	c, err := load(e.dir, map[string][]byte{d.File: []byte(text)})
	var problems document.Problems
	if errors.As(err, &problems) {
		for i, p := range problems {
			problems[i].File = strings.TrimPrefix(p.File, e.dir+string(filepath.Separator))
		}
		return nil, problems
	}
	return c, err
}

// Versions lists the last versions of a document without their texts, the last first.
func (e *Editor) Versions(ctx context.Context, name string, limit int) ([]Version, error) {
	return e.store.ConfigVersions(ctx, name, limit)
}

// Version is one of them.
func (e *Editor) Version(ctx context.Context, name string, number int) (Version, error) {
	return e.store.ConfigVersion(ctx, name, number)
}

// Change is a text that somebody wants in place of the one whose Sum is Base.
type Change struct {
	Document, Text, Base string
	By, ByName, Why      string
}

// Save checks the text, writes it, takes it into use and keeps it as a version; or it
// leaves all of this as it was.
func (e *Editor) Save(ctx context.Context, c Change) (int, error) {
	e.changing.Lock()
	defer e.changing.Unlock()
	d, before, err := e.Read(c.Document)
	switch {
	case err != nil:
		return 0, err
	case Sum(before) != c.Base:
		return 0, ErrChanged
	case before == c.Text:
		return 0, ErrSame
	}
	if _, err := e.Check(c.Document, c.Text); err != nil {
		return 0, err
	}
	now := time.Now().UTC()
	found := Version{Document: d.Name, At: now, Why: "found on disk", Text: before, SHA256: Sum(before)}
	next := Version{Document: d.Name, At: now, By: c.By, ByName: c.ByName, Why: c.Why, Text: c.Text, SHA256: Sum(c.Text)}
	written := false
	number, err := e.store.KeepConfig(ctx, found, next, func() error {
		if err := replace(filepath.Join(e.dir, d.File), c.Text); err != nil {
			return err
		}
		written = true
		return e.taken(d)
	})
	if err != nil && written {
		if back := replace(filepath.Join(e.dir, d.File), before); back != nil {
			return 0, fmt.Errorf("%w, and the file could not be put back as it was: %w", err, back)
		}
		if !errors.Is(err, ErrNotWanted) { // otherwise nothing was taken into use
			err = errors.Join(err, e.taken(d))
		}
	}
	return number, err
}

// taken takes a written document into use, if that is possible while calls go on.
func (e *Editor) taken(d Document) error {
	if !d.Now {
		return nil
	}
	if err := e.use(); err != nil {
		return fmt.Errorf("%w: %w", ErrNotWanted, err)
	}
	return nil
}

// replace writes a file whole or not at all, with the rights that it had. What a link
// leads to is replaced, and not the link.
func replace(path, text string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("writing the configuration: %w; let the program write into that folder", err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it has another name by then
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	return nil
}
