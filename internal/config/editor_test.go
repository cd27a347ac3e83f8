package config_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
	"hotline1022/ivr/document"
)

// shelf keeps versions in memory.
type shelf struct {
	all   []config.Version
	fails error // after the new one was taken into use
}

func (s *shelf) ConfigVersions(context.Context, string, int) ([]config.Version, error) {
	return s.all, nil
}

func (s *shelf) ConfigVersion(_ context.Context, _ string, n int) (config.Version, error) {
	return s.all[n-1], nil
}

func (s *shelf) KeepConfig(_ context.Context, found, next config.Version, use func() error) (int, error) {
	if err := errors.Join(use(), s.fails); err != nil {
		return 0, err
	}
	if len(s.all) == 0 || s.all[len(s.all)-1].SHA256 != found.SHA256 {
		s.all = append(s.all, found)
	}
	s.all = append(s.all, next)
	return len(s.all), nil
}

// desk is an editor of a copy of the shipped files.
type desk struct {
	*config.Editor
	t     *testing.T
	dir   string
	shelf *shelf
	used  int
	fails error
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), shelf: &shelf{}}
	require.NoError(t, os.CopyFS(d.dir, os.DirFS("../../configs")))
	d.Editor = config.NewEditor(d.dir, d.shelf, func() error {
		d.used++
		return d.fails
	})
	return d
}

func (d *desk) text(name string) string {
	d.t.Helper()
	_, text, err := d.Read(name)
	require.NoError(d.t, err)
	return text
}

func (d *desk) change(name, from, to string) (int, error) {
	d.t.Helper()
	text := d.text(name)
	require.Contains(d.t, text, from)
	return d.Save(d.t.Context(), config.Change{
		Document: name, Text: strings.Replace(text, from, to, 1), Base: config.Sum(text), By: "quan.le", ByName: "Lê Minh Quân", Why: "vì",
	})
}

func TestASavedDocumentIsOnDiskInUseAndInTheHistory(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, os.Chmod(filepath.Join(d.dir, "ivr.yaml"), 0o640))
	before := d.text("ivr")
	n, err := d.change("ivr", "wait: 5s", "wait: 6s")
	require.NoError(t, err)
	require.Equal(t, 2, n, "what was found is the first")
	require.Contains(t, d.text("ivr"), "wait: 6s")
	require.Equal(t, 1, d.used)
	require.Equal(t, [2]string{before, ""}, [2]string{d.shelf.all[0].Text, d.shelf.all[0].By})
	require.Equal(t, [2]string{"quan.le", "vì"}, [2]string{d.shelf.all[1].By, d.shelf.all[1].Why})
	info, err := os.Stat(filepath.Join(d.dir, "ivr.yaml"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode().Perm())

	// Undo is saving an older one.
	n, err = d.Save(t.Context(), config.Change{Document: "ivr", Text: before, Base: config.Sum(d.text("ivr")), By: "quan.le"})
	require.NoError(t, err)
	require.Equal(t, 3, n)
	require.Equal(t, before, d.text("ivr"))

	_, err = d.change("shifts", "seat_empty: 5m", "seat_empty: 6m")
	require.NoError(t, err)
	require.Equal(t, 2, d.used, "of the next start")
}

func TestABadDocumentReachesNoFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.text("queues")
	_, err := d.change("queues", "    group: field", "    group: felid")
	var problems document.Problems
	require.ErrorAs(t, err, &problems)
	require.Equal(t, "queues.yaml", problems[0].File)
	require.Positive(t, problems[0].Line)
	require.NotEmpty(t, problems[0].Do)
	require.Equal(t, before, d.text("queues"))
	require.Empty(t, d.shelf.all)
	require.Zero(t, d.used)

	// What another file refers to cannot go either.
	_, err = d.change("prompts-vi", "group3: >-", "group_3: >-")
	require.ErrorAs(t, err, &problems)
	require.Equal(t, "ivr.yaml", problems[0].File)
}

func TestWhatWasChangedMeanwhileIsNotOverwritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text := d.text("ivr")
	_, err := d.change("ivr", "wait: 5s", "wait: 6s")
	require.NoError(t, err)
	_, err = d.Save(t.Context(), config.Change{Document: "ivr", Text: text + "\n", Base: config.Sum(text)})
	require.ErrorIs(t, err, config.ErrChanged)
	now := d.text("ivr")
	_, err = d.Save(t.Context(), config.Change{Document: "ivr", Text: now, Base: config.Sum(now)})
	require.ErrorIs(t, err, config.ErrSame)
	_, err = d.Save(t.Context(), config.Change{Document: "../hotline"})
	require.ErrorIs(t, err, config.ErrNoDocument)

	// A hand that changed the file without us is in the history as well.
	require.NoError(t, os.WriteFile(filepath.Join(d.dir, "ivr.yaml"), []byte(now+"# by hand\n"), 0o600))
	n, err := d.change("ivr", "wait: 6s", "wait: 7s")
	require.NoError(t, err)
	require.Equal(t, 4, n)
	require.Contains(t, d.shelf.all[2].Text, "# by hand")
}

func TestWhatIsNotTakenIntoUseIsPutBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.text("ivr")
	d.fails = errors.New("Asterisk is away")
	_, err := d.change("ivr", "wait: 5s", "wait: 6s")
	require.ErrorIs(t, err, config.ErrNotWanted)
	require.Equal(t, before, d.text("ivr"))
	require.Equal(t, 1, d.used)

	// Nor is what the history did not keep.
	d.fails, d.shelf.fails = nil, errors.New("Postgres is away")
	_, err = d.change("ivr", "wait: 5s", "wait: 6s")
	require.ErrorContains(t, err, "Postgres is away")
	require.Equal(t, before, d.text("ivr"))
	require.Equal(t, 3, d.used, "the old one again")
	require.Empty(t, d.shelf.all)
	left, err := filepath.Glob(filepath.Join(d.dir, ".ivr*"))
	require.NoError(t, err)
	require.Empty(t, left)
}
