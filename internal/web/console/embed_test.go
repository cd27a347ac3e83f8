package console_test

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/web/console"
)

func TestDistHoldsTheBundleOrItsPlaceholder(t *testing.T) {
	t.Parallel()

	_, err := fs.Stat(console.Dist(), ".gitkeep")
	require.NoError(t, err, "dist/.gitkeep keeps the embedding valid before and after a build")

	_, err = fs.Stat(console.Dist(), ".vite/manifest.json")
	require.Equal(t, console.Built(), err == nil, "a built bundle has its manifest, an unbuilt one has none")
}
