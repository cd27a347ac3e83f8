package postgres_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// serverURL is the Postgres of this test process; each test has its own database.
var serverURL string

func TestMain(m *testing.M) {
	code, err := withServer(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "Postgres does not start (`make deps-test` gets what is missing):", err)
	}
	os.Exit(code)
}

func withServer(m *testing.M) (code int, err error) {
	dir, err := os.MkdirTemp("", "hotline-postgres-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	port, err := freePort()
	if err != nil {
		return 1, err
	}
	s := stack.New(stack.Options{VarDir: dir, PostgresPort: port, Only: []stack.Part{stack.Postgres}, Log: slog.New(slog.DiscardHandler)})
	if err := s.Start(context.Background()); err != nil {
		return 1, err
	}
	serverURL = s.Endpoints().PostgresURL
	code = m.Run()
	s.Stop()
	if err := goleak.Find(); err != nil && code == 0 {
		return 1, err
	}
	return code, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, fmt.Errorf("no port in %v", l.Addr())
	}
	return addr.Port, l.Close()
}

// open gives a migrated database with two agents.
func open(tb testing.TB) (*postgres.DB, string) {
	tb.Helper()
	url := realstack.Database(tb, serverURL)
	db, err := postgres.Open(tb.Context(), url)
	require.NoError(tb, err)
	tb.Cleanup(db.Close)
	require.NoError(tb, db.Migrate(tb.Context()))
	require.NoError(tb, db.AddStaff(tb.Context(), auth.Person{ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}, "hash of lan"))
	require.NoError(tb, db.AddStaff(tb.Context(), auth.Person{ID: "hung", Name: "Trần Văn Hùng", Role: auth.Supervisor}, "hash of hung"))
	return db, url
}

// at is when every story begins.
var at = time.Date(2026, 11, 24, 3, 0, 0, 123456789, time.UTC)

// writer numbers events as a journal does, ten seconds apart.
type writer struct {
	node string
	seq  int
}

func (w *writer) write(id call.ID, facts ...call.Fact) []call.Event {
	events := make([]call.Event, len(facts))
	for i, f := range facts {
		w.seq++
		events[i] = call.Event{ID: fmt.Sprintf("%s-%012d", w.node, w.seq), At: at.Add(time.Duration(w.seq) * 10 * time.Second), Call: id, Fact: f}
	}
	return events
}

// The facts that stories are made of.
func arrived(code, caller string) call.Arrived {
	return call.Arrived{Caller: caller, Dialed: "1022", Ticket: code, Language: call.Vietnamese}
}

func queued() call.Queued {
	return call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field, Field: "traffic"}}
}

func connected() call.Connected { return call.Connected{Offer: "o1", Agent: "lan"} }

func finished(result call.Result, stage call.Stage) call.Finished {
	return call.Finished{Outcome: call.Outcome{Result: result, By: call.ByCitizen, Stage: stage}}
}

// conversation is a call that went well.
func conversation(code, caller, note string) []call.Fact {
	return []call.Fact{
		arrived(code, caller), call.Greeted{}, call.MenuEntered{Node: "main"}, call.KeyPressed{Node: "main", Digit: "3", Accepted: true},
		queued(), call.Offered{Offer: "o1", Agent: "lan"}, call.OfferRang{Offer: "o1", Agent: "lan"},
		call.OfferClosed{Offer: "o1", Agent: "lan", How: call.OfferAccepted}, connected(),
		call.Disconnected{Offer: "o1", Agent: "lan", Why: "citizen_hung_up"}, finished(call.Served, call.Talking),
		call.Recorded{Path: "2026/11/24/" + code + ".wav", Bytes: 320044, Duration: 10 * time.Second, SHA256: "ab"},
		call.WrappedUp{Agent: "lan", Topic: call.Topic{Group: call.Field, Field: "environment"}, Note: note},
	}
}
