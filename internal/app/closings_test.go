package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/web"
)

func TestAQueueThatIsClosedStaysSoOverARestartAndAReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	line := acd.Config{Queues: []acd.Queue{{Name: "field"}, {Name: "emergency", Emergency: true}}}
	var used acd.Config
	c, err := openClosings(dir, line, func(l acd.Config) { used = l })
	require.NoError(t, err)
	require.Equal(t, line.Queues, c.now().Queues)
	require.ErrorIs(t, c.Set("nowhere", false), web.ErrNotFound)
	require.ErrorIs(t, c.Set("emergency", false), web.ErrNeverClosed)
	require.NoError(t, c.Set("emergency", true))
	require.NoError(t, c.Set("field", false))
	require.True(t, c.Closed("field"))
	since := used.Queues[0].Closed
	require.False(t, since.IsZero())
	require.Equal(t, acd.ToVoicemail, used.Queues[0].Overflow.To, "who comes is not left without a word")
	require.NoError(t, c.Set("field", false), "twice is once")
	require.Equal(t, since, used.Queues[0].Closed)

	again, err := openClosings(dir, line, func(l acd.Config) { used = l })
	require.NoError(t, err)
	require.True(t, again.now().Queues[0].Closed.Equal(since))
	again.Change(acd.Config{Queues: []acd.Queue{{Name: "field", MaxWait: 1, Overflow: acd.Target{To: acd.ToCallback}}}})
	require.Equal(t, acd.ToCallback, used.Queues[0].Overflow.To)
	require.False(t, used.Queues[0].Closed.IsZero())
	require.NoError(t, again.Set("field", true))
	require.True(t, used.Queues[0].Closed.IsZero())

	require.NoError(t, os.WriteFile(filepath.Join(dir, "closed-queues.json"), []byte("{"), 0o600))
	_, err = openClosings(dir, line, nil)
	require.ErrorContains(t, err, "to open all")
}
