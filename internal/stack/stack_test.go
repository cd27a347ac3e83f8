package stack_test

import (
	"context"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

func TestEverythingStartsKeepsItsDataAndStops(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t)
	s := realstack.Start(t, opts)
	ends := s.Endpoints()
	conn, err := pgx.Connect(t.Context(), ends.PostgresURL)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "CREATE TABLE kept (x int)")
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
	client := ari.New(ari.Options{BaseURL: ends.ARIURL, User: ends.ARIUser, Password: ends.ARIPassword})
	require.NoError(t, client.Ping(t.Context()))

	second := stack.New(opts)
	require.ErrorContains(t, second.Start(t.Context()), "in use by another")

	pids := []int{s.PID(stack.Asterisk), s.PID(stack.Postgres), s.PID(stack.Redis)}
	s.Stop()
	s.Stop()
	for _, pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "process %d", pid)
	}

	again := realstack.Start(t, opts)
	conn, err = pgx.Connect(t.Context(), again.Endpoints().PostgresURL)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "INSERT INTO kept VALUES (1)")
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
}

func TestAPortThatIsTakenIsNamed(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t, stack.Asterisk)
	var taken net.PacketConn
	require.Eventually(t, func() bool { // a process that another test starts has all sockets of ours for a moment
		var err error
		taken, err = net.ListenPacket("udp", opts.SIPBind)
		return err == nil
	}, 5*time.Second, 10*time.Millisecond)
	defer taken.Close() //nolint:errcheck // the test ends
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	err := stack.New(opts).Start(ctx)
	require.ErrorContains(t, err, opts.SIPBind)
	require.ErrorContains(t, err, "sip.listen")
}

func TestExternalPartsAreTakenAsTheyAre(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t, stack.Postgres, stack.Redis)
	opts.PostgresURL, opts.RedisAddress = "postgres://elsewhere/hotline", "elsewhere:6379"
	s := realstack.Start(t, opts)
	require.Equal(t, "postgres://elsewhere/hotline", s.Endpoints().PostgresURL)
	require.Equal(t, "elsewhere:6379", s.Endpoints().RedisAddress)
	require.Zero(t, s.PID(stack.Postgres))
}
