package config_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
	"hotline1022/internal/config"
)

// loadStaffing loads the shipped files with another staffing.yaml.
func loadStaffing(t *testing.T, text string) (*config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "staffing.yaml"), []byte(text), 0o600))
	return config.Load(dir)
}

func TestStaffingAsShippedAndByDefault(t *testing.T) {
	t.Parallel()
	usual := staffing.Line{
		Target: staffing.Target{Percent: 90, Within: 15 * time.Second, Lost: 5}, Handling: 4 * time.Minute, Least: 2, Away: 0.15,
	}
	shipped, err := config.Load("../../configs")
	require.NoError(t, err)
	require.Equal(t, usual, shipped.Staffing)
	require.NoError(t, shipped.Staffing.Check())
	empty, err := loadStaffing(t, "least: 2\n")
	require.NoError(t, err)
	require.Equal(t, usual, empty.Staffing)
}

func TestStaffingOfOurOwn(t *testing.T) {
	t.Parallel()
	c, err := loadStaffing(t, "target: {percent: 80, within: 20s, lost_percent: 0}\nleast: 0\naway_percent: 30\nhandling: 3m30s\npatience: 90s\n")
	require.NoError(t, err)
	require.Equal(t, staffing.Line{
		Target:   staffing.Target{Percent: 80, Within: 20 * time.Second},
		Handling: 210 * time.Second, Patience: 90 * time.Second, Away: 0.3,
	}, c.Staffing)
	require.NoError(t, c.Staffing.Check())
}

func TestStaffingFaultsSayWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"target:\n  percent: 100\n":            `staffing.yaml:2: "percent" in target is "100"; write a whole number from 1 to 99`,
		"target:\n  percent: 90\n  within: 15": `staffing.yaml:3: "within" in target is "15"; write a time from 0s to 10m0s`,
		"target:\n  lost: 5\n":                 `staffing.yaml:2: unknown key "lost" in target`,
		"least: -1\n":                          `staffing.yaml:1: "least" in the file is "-1"`,
		"handling: 4m\naway_percent: 95\n":     `staffing.yaml:2: "away_percent" in the file is "95"; write a whole number from 0 to 90`,
		"patience: 1s\n":                       `staffing.yaml:1: "patience" in the file is "1s"; write a time from 5s to 2h0m0s`,
	} {
		_, err := loadStaffing(t, text)
		require.ErrorContains(t, err, want)
	}
}
