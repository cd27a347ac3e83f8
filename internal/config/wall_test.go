package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
)

func loadWall(t *testing.T, text string) (*config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "wall.yaml"), []byte(text), 0o600))
	return config.Load(dir)
}

func TestWallAsShippedAndByDefault(t *testing.T) {
	t.Parallel()
	shipped, err := config.Load("../../configs")
	require.NoError(t, err)
	require.Equal(t, config.Wall{
		LongestWait: config.WaitLimits{Late: 15_000, Bad: 60_000}, Waiting: config.Limits{Late: 3, Bad: 6}, Lost: config.Limits{Late: 5, Bad: 10},
		InTime: config.Limits{Late: 90, Bad: 80}, SeatsMissing: config.Limits{Late: 1, Bad: 2}, DiskFree: config.Limits{Late: 15, Bad: 5}, SoundEveryMs: 20_000,
	}, shipped.Wall)
	empty, err := loadWall(t, "sound_every: 20s\n")
	require.NoError(t, err)
	require.Equal(t, shipped.Wall, empty.Wall)
	own, err := loadWall(t, "sound_every: 0s\nwaiting: {late: 0, bad: 0}\nlongest_wait: {late: 30s, bad: 2m}\n")
	require.NoError(t, err)
	require.Equal(t, config.WaitLimits{Late: 30_000, Bad: 120_000}, own.Wall.LongestWait)
	require.Zero(t, own.Wall.Waiting)
	require.Zero(t, own.Wall.SoundEveryMs)
}

func TestWallFaultsSayWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"waiting: {late: 6, bad: 3}\n":           `wall.yaml:1: waiting is bad at 3, before it is late at 6; write a larger number for bad`,
		"in_time: {late: 80, bad: 90}\n":         `wall.yaml:1: in_time is bad below 90, before it is late below 80; write a smaller number for bad`,
		"longest_wait: {late: 1m, bad: 15s}\n":   `wall.yaml:1: a wait is bad before it is late`,
		"disk: 1\n":                              `wall.yaml:1: unknown key "disk"`,
		"sound_every: 20s\nlost_percent: {x: 1}": `wall.yaml:2: unknown key "x" in lost_percent`,
	} {
		_, err := loadWall(t, text)
		require.ErrorContains(t, err, want)
	}
}
