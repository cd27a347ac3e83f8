package switchboard

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Who may be called outside is asked in one place, and there is no way past it.
func TestThereIsOneWayOut(t *testing.T) {
	t.Parallel()
	dials := regexp.MustCompile(`\.Invite(Outside|Destination)\(`)
	var ways []string
	for _, pattern := range []string{"*.go", "../app/*.go", "../web/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			if !strings.HasSuffix(file, "_test.go") && dials.Match(data) {
				ways = append(ways, file)
			}
		}
	}
	require.Equal(t, []string{"outside.go"}, ways, "callOutside is the one way: it asks the policy; dialDestination dials the plan and nothing else")
}
