package postgres_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
	"hotline1022/internal/postgres"
)

func TestVersionsOfTheConfigurationAreCountedAndStay(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	version := func(text, by string) config.Version {
		return config.Version{Document: "ivr", At: at, By: by, ByName: by, Why: "vì\x00", Text: text, SHA256: config.Sum(text)}
	}
	keep := func(found, next string) (int, error) {
		return db.KeepConfig(ctx, version(found, ""), version(next, "quan.le"), func() error { return nil })
	}
	n, err := keep("a", "b")
	require.NoError(t, err)
	require.Equal(t, 2, n, "what was found is the first")
	n, err = keep("b", "c")
	require.NoError(t, err)
	require.Equal(t, 3, n)
	n, err = keep("by hand", "d")
	require.NoError(t, err)
	require.Equal(t, 5, n)

	away := errors.New("away")
	_, err = db.KeepConfig(ctx, version("d", ""), version("e", "quan.le"), func() error { return away })
	require.ErrorIs(t, err, away)
	all, err := db.ConfigVersions(ctx, "ivr", 50)
	require.NoError(t, err)
	require.Len(t, all, 5)
	require.Equal(t, [3]any{5, "quan.le", ""}, [3]any{all[0].Number, all[0].By, all[0].Text})
	v, err := db.ConfigVersion(ctx, "ivr", 4)
	require.NoError(t, err)
	require.Equal(t, [2]string{"by hand", ""}, [2]string{v.Text, v.By})
	_, err = db.ConfigVersion(ctx, "ivr", 6)
	require.ErrorIs(t, err, postgres.ErrNotFound)
	none, err := db.ConfigVersions(ctx, "queues", 50)
	require.NoError(t, err)
	require.Empty(t, none)

	conn, err := pgx.Connect(ctx, url)
	require.NoError(t, err)
	defer conn.Close(ctx) //nolint:errcheck // the test ends
	_, err = conn.Exec(ctx, "UPDATE config_version SET text = ''")
	require.ErrorContains(t, err, "append-only")
}
