package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/postgres"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// Not parallel: the database is told by the environment.
func TestTokensWorkAndSayWhoseTheyAre(t *testing.T) {
	url := realstack.Database(t, realstack.Start(t, realstack.Options(t, stack.Postgres)).Endpoints().PostgresURL)
	t.Setenv("HOTLINE_POSTGRES_URL", url)
	db, err := postgres.Open(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Migrate(t.Context()))
	require.NoError(t, db.AddStaff(t.Context(), auth.Person{ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}, "no hash"))
	service, err := auth.New(db)
	require.NoError(t, err)

	token := func(args ...string) (string, error) {
		var out, errs bytes.Buffer
		err := runToken(t.Context(), append([]string{"-configs", "../../configs"}, args...), &out, &errs)
		return out.String(), err
	}
	for _, c := range []struct {
		args []string
		id   string
		role auth.Role
	}{
		{nil, "", auth.Supervisor},
		{[]string{"-role", "agent", "-name", "wall screen"}, "", auth.Agent},
		{[]string{"-staff", "lan"}, "lan", auth.Agent},
		{[]string{"-staff", "lan", "-role", "admin"}, "lan", auth.Admin},
	} {
		text, err := token(c.args...)
		require.NoError(t, err, c.args)
		require.True(t, strings.HasSuffix(text, "\n"))
		person, err := service.Bearer(t.Context(), strings.TrimSpace(text))
		require.NoError(t, err, c.args)
		require.Equal(t, c.id, person.ID)
		require.Equal(t, c.role, person.Role)
	}
	made, err := db.Audit(t.Context(), audit.Filter{Act: audit.TokenMade})
	require.NoError(t, err)
	require.Len(t, made, 4)
	require.Equal(t, "lan", made[0].Whom)
	require.Equal(t, map[string]string{"name": "tool", "role": "admin"}, made[0].Detail)
	for _, args := range [][]string{{"-role", "king"}, {"-staff", "nobody"}, {"-configs", "nowhere"}} {
		text, err := token(args...)
		require.Error(t, err, args)
		require.Empty(t, text)
	}
}
