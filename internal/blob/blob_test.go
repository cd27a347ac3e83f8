package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/blob"
)

// store is what every kind of store does.
type store interface {
	Put(ctx context.Context, key string, write func(io.Writer) error) error
	Open(ctx context.Context, key string) (io.ReadSeekCloser, time.Time, error)
	Delete(ctx context.Context, key string) error
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func read(t *testing.T, s store, key string) string {
	t.Helper()
	f, kept, err := s.Open(t.Context(), key)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), kept, time.Minute)
	data, err := io.ReadAll(f)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return string(data)
}

// conformance is what every store must do; open makes an empty one.
func conformance(t *testing.T, open func(t *testing.T) store) {
	for name, test := range map[string]func(*testing.T, store){
		"what was put is read": func(t *testing.T, s store) {
			require.NoError(t, s.Put(t.Context(), "2026/11/24/bd1-1.1.wav", text("hello")))
			require.NoError(t, s.Put(t.Context(), "2026/11/24/bd1-1.2.wav", text("")))
			require.Equal(t, "hello", read(t, s, "2026/11/24/bd1-1.1.wav"))
			require.Empty(t, read(t, s, "2026/11/24/bd1-1.2.wav"))
		},
		"any part can be read": func(t *testing.T, s store) {
			require.NoError(t, s.Put(t.Context(), "a", text("0123456789")))
			f, _, err := s.Open(t.Context(), "a")
			require.NoError(t, err)
			defer f.Close() //nolint:errcheck // only read
			size, err := f.Seek(0, io.SeekEnd)
			require.NoError(t, err)
			require.Equal(t, int64(10), size)
			_, err = f.Seek(4, io.SeekStart)
			require.NoError(t, err)
			part := make([]byte, 3)
			_, err = io.ReadFull(f, part)
			require.NoError(t, err)
			require.Equal(t, "456", string(part))
		},
		"putting again replaces, and spoils no reader": func(t *testing.T, s store) {
			require.NoError(t, s.Put(t.Context(), "a/b", text("first")))
			f, _, err := s.Open(t.Context(), "a/b")
			require.NoError(t, err)
			defer f.Close() //nolint:errcheck // only read
			require.NoError(t, s.Put(t.Context(), "a/b", text("second")))
			old, err := io.ReadAll(f)
			require.NoError(t, err)
			require.Equal(t, "first", string(old))
			require.Equal(t, "second", read(t, s, "a/b"))
		},
		"a write that fails leaves what was there": func(t *testing.T, s store) {
			broken := errors.New("the source broke")
			half := func(w io.Writer) error { return errors.Join(text("half")(w), broken) }
			require.ErrorIs(t, s.Put(t.Context(), "a", half), broken)
			_, _, err := s.Open(t.Context(), "a")
			require.ErrorIs(t, err, blob.ErrNotFound)
			require.NoError(t, s.Put(t.Context(), "a", text("whole")))
			require.ErrorIs(t, s.Put(t.Context(), "a", half), broken)
			require.Equal(t, "whole", read(t, s, "a"))
		},
		"nobody waits any more": func(t *testing.T, s store) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.ErrorIs(t, s.Put(ctx, "a", text("x")), context.Canceled)
			_, _, err := s.Open(t.Context(), "a")
			require.ErrorIs(t, err, blob.ErrNotFound)
		},
		"deleting": func(t *testing.T, s store) {
			require.NoError(t, s.Put(t.Context(), "a/b", text("x")))
			require.NoError(t, s.Delete(t.Context(), "a/b"))
			require.NoError(t, s.Delete(t.Context(), "a/b"), "what is not there is deleted")
			_, _, err := s.Open(t.Context(), "a/b")
			require.ErrorIs(t, err, blob.ErrNotFound)
		},
		"what is not there": func(t *testing.T, s store) {
			require.NoError(t, s.Put(t.Context(), "a/b", text("x")))
			for _, key := range []string{"c", "a", "a/c", "a/b/c", "", "../etc/passwd"} {
				_, _, err := s.Open(t.Context(), key)
				require.ErrorIs(t, err, blob.ErrNotFound, key)
			}
		},
		"keys that are none": func(t *testing.T, s store) {
			for _, key := range []string{"", ".", "..", "../x", "/x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "a\x00"} {
				require.ErrorIs(t, s.Put(t.Context(), key, text("x")), blob.ErrKey, key)
				require.ErrorIs(t, s.Delete(t.Context(), key), blob.ErrKey, key)
			}
		},
		"many at once, under one key too": func(t *testing.T, s store) {
			var all sync.WaitGroup
			for i := range 16 {
				all.Go(func() {
					body := strings.Repeat(string(rune('a'+i)), 100_000)
					if err := s.Put(context.WithoutCancel(t.Context()), "same", text(body)); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			got := read(t, s, "same")
			require.Len(t, got, 100_000)
			require.Equal(t, strings.Repeat(got[:1], 100_000), got, "one writer's, whole")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func directory(t *testing.T) (*blob.Directory, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kept")
	d, err := blob.OpenDirectory(dir)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() }) //nolint:errcheck // the test ends
	return d, dir
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	conformance(t, func(t *testing.T) store {
		d, _ := directory(t)
		return d
	})
}

func TestNothingUnfinishedStays(t *testing.T) {
	t.Parallel()
	d, dir := directory(t)
	require.NoError(t, d.Put(t.Context(), "2026/a.wav", text("x")))
	require.Error(t, d.Put(t.Context(), "2026/b.wav", func(io.Writer) error { return io.ErrUnexpectedEOF }))
	require.Equal(t, []string{"2026", "2026/a.wav"}, tree(t, dir))

	// A kill leaves a part; the next start removes it and nothing else.
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".part-killed"), []byte("half"), 0o600))
	again, err := blob.OpenDirectory(dir)
	require.NoError(t, err)
	require.NoError(t, again.Close())
	require.Equal(t, []string{"2026", "2026/a.wav"}, tree(t, dir))
}

func TestAFullDiskSaysSo(t *testing.T) {
	t.Parallel()
	d, _ := directory(t)
	err := d.Put(t.Context(), "a", func(io.Writer) error {
		return &os.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}
	})
	require.ErrorIs(t, err, blob.ErrFull)
	require.ErrorContains(t, err, "free some space")
}

func TestALinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	d, dir := directory(t)
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	require.NoError(t, os.Symlink(secret, filepath.Join(dir, "link")))
	require.NoError(t, os.Symlink(filepath.Dir(secret), filepath.Join(dir, "folder")))
	for _, key := range []string{"link", "folder/secret"} {
		_, _, err := d.Open(t.Context(), key)
		require.Error(t, err)
	}
	require.Error(t, d.Put(t.Context(), "folder/x", text("x")))
}

func TestOnlyTheOwnerReadsRecordings(t *testing.T) {
	t.Parallel()
	d, dir := directory(t)
	require.NoError(t, d.Put(t.Context(), "a/b", text("x")))
	for path, mode := range map[string]os.FileMode{"": 0o700, "a": 0o700, "a/b": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), path)
	}
}

func tree(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if path != dir {
			paths = append(paths, filepath.ToSlash(path[len(dir)+1:]))
		}
		return err
	}))
	return paths
}

func BenchmarkPut(b *testing.B) {
	d, err := blob.OpenDirectory(b.TempDir())
	require.NoError(b, err)
	defer d.Close()                                  //nolint:errcheck // the benchmark ends
	body := bytes.Repeat([]byte("x"), 4*8000*180+44) // three minutes of conversation
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		require.NoError(b, d.Put(b.Context(), "2026/11/24/a.wav", func(w io.Writer) error {
			_, err := w.Write(body)
			return err
		}))
	}
}
