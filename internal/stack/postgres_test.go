package stack

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where user namespaces are forbidden, root runs Postgres as another user. (For anyone
// but root the folder is their own, and this tries the ordinary way.)
func TestPostgresWithoutUserNamespaces(t *testing.T) {
	t.Parallel()
	base, err := os.MkdirTemp("", "hotline-test-") // t.TempDir lets no other user pass
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(base) }) //nolint:errcheck // a temporary folder
	require.NoError(t, os.Chmod(base, 0o755))
	dir := filepath.Join(base, "postgres")
	require.NoError(t, os.Mkdir(dir, 0o700))
	var attr syscall.SysProcAttr
	if os.Geteuid() == 0 {
		uid, gid, err := servant()
		require.NoError(t, err)
		attr, err = asUser(dir, uid, gid)
		require.NoError(t, err)
	}
	bin, err := postgresBin()
	require.NoError(t, err)
	require.NoError(t, initdb(t.Context(), bin, dir, "secret", attr))
	left, err := filepath.Glob(filepath.Join(base, "pw-*"))
	require.NoError(t, err)
	require.Empty(t, left, "the password stays in a file")
}

func TestAFolderThatTheOtherUserMayNotPassIsNamed(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(t.TempDir(), "closed")
	dir := filepath.Join(closed, "postgres")
	require.NoError(t, os.MkdirAll(dir, 0o700))
	_, err := asUser(dir, os.Geteuid(), os.Getegid())
	require.ErrorContains(t, err, "may not pass "+closed)
}
