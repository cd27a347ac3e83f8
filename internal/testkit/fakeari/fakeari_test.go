package fakeari_test

import (
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/testkit/fakeari"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func pair(t *testing.T) (*fakeari.Server, *world) {
	t.Helper()
	s := fakeari.New(t)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s, &world{tb: t, url: s.URL(), user: fakeari.User, password: fakeari.Password}
}

func TestEventsComeTwiceLateAndInDisorder(t *testing.T) {
	t.Parallel()
	s, w := pair(t)
	w.connect()
	s.DuplicateEvents(true)
	require.True(t, s.Arrive(fakeari.Arrival{ID: "t1-1.1"}))
	require.Equal(t, "StasisStart t1-1.1 Up [citizen 1022 from-trunk]; StasisStart t1-1.1 Up [citizen 1022 from-trunk]", w.hears(2))
	s.DuplicateEvents(false)

	s.PauseEvents()
	s.Press("t1-1.1", "123")
	require.Equal(t, "200 t1-1.1 Up Stasis", w.ask(http.MethodGet, "/channels/t1-1.1"), "replies overtake them")
	s.ResumeEvents(func(kept [][]byte) { slices.Reverse(kept) })
	require.Equal(t, "ChannelDtmfReceived t1-1.1 Up3; ChannelDtmfReceived t1-1.1 Up2; ChannelDtmfReceived t1-1.1 Up1", w.hears(3))

	s.Emit(`{"type":"Unheard","channel":{"id":"t1-1.1"}}`)
	require.Equal(t, "Unheard t1-1.1", w.hears(1))
}

func TestRepliesAreRefusedLateAndCut(t *testing.T) {
	t.Parallel()
	s, w := pair(t)
	w.connect()
	s.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	w.hears(1)
	s.Inject(fakeari.Fault{Verb: http.MethodPost, Path: "/channels/*/moh", Times: 1, Status: 503, Message: "busy"})
	require.Equal(t, "503 busy", w.ask(http.MethodPost, "/channels/t1-1.1/moh"))
	require.Equal(t, "204 ", w.ask(http.MethodPost, "/channels/t1-1.1/moh"), "once only")

	gate := make(chan struct{})
	s.Inject(fakeari.Fault{Verb: http.MethodDelete, Path: "/channels/*", After: gate})
	answer := make(chan string, 1)
	go func() { answer <- w.ask(http.MethodDelete, "/channels/t1-1.1") }()
	require.Equal(t, "ChannelHangupRequest t1-1.1 Up; StasisEnd t1-1.1 Up", w.hears(2), "before the reply")
	require.Empty(t, answer)
	close(gate)
	require.Equal(t, "204 ", <-answer)

	s.Mend()
	s.Inject(fakeari.Fault{Path: "/bridges/*", Cut: true})
	req, err := http.NewRequest(http.MethodPost, s.URL()+"/bridges/b1?type=mixing", nil)
	require.NoError(t, err)
	req.SetBasicAuth(fakeari.User, fakeari.Password)
	_, err = http.DefaultClient.Do(req) //nolint:bodyclose // there is no reply
	require.ErrorIs(t, err, io.EOF)
	require.Contains(t, s.Bridges(), "b1", "it was carried out")
}

func TestWhatIsAskedWaitsBehindAPrompt(t *testing.T) {
	t.Parallel()
	s, w := pair(t)
	w.connect()
	s.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	w.ask(http.MethodPost, "/channels/t1-1.1/play/t1-1.1-p1?media=sound:x")
	w.hears(2)
	answer := make(chan string, 1)
	go func() { answer <- w.ask(http.MethodPost, "/channels/t1-1.1/variable?variable=X&value=1") }()
	s.Await(http.MethodPost, "/channels/*/variable", 1)
	require.Empty(t, answer)
	s.EndPlay("t1-1.1-p1")
	require.Equal(t, "204 ", <-answer)
	s.AwaitChannel("t1-1.1", "the variable", func(ch fakeari.Channel) bool { return ch.Variables["X"] == "1" })
}

func TestAFrozenAsteriskSaysNothing(t *testing.T) {
	t.Parallel()
	s, w := pair(t)
	s.Freeze()
	client := &http.Client{Timeout: 50 * time.Millisecond, Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	_, err := client.Get(s.URL() + "/asterisk/ping") //nolint:bodyclose // there is no reply
	require.True(t, errors.Is(err, os.ErrDeadlineExceeded) || strings.Contains(err.Error(), "Timeout"), err)
	require.Empty(t, s.Requests())
	s.Thaw()
	require.Equal(t, "200 pong", w.ask(http.MethodGet, "/asterisk/ping"))
}

// Asterisk does not give an id twice. (There a second try with the same id leaks a
// channel, which then holds up its shutdown; so it is not part of the script.)
func TestAChannelIDIsGivenOnce(t *testing.T) {
	t.Parallel()
	_, w := pair(t)
	const create = "/channels/create?app=hotline&appArgs=desk&endpoint=Local/x@y&channelId=t1-1.1-o1"
	require.Equal(t, "200 t1-1.1-o1 Down", w.ask(http.MethodPost, create))
	require.Equal(t, "409 Channel with given unique ID already exists", w.ask(http.MethodPost, create))
}

func TestWithoutAClientTheDialplanGoesOn(t *testing.T) {
	t.Parallel()
	s, w := pair(t)
	require.False(t, s.Arrive(fakeari.Arrival{ID: "t1-1.1"}))
	require.Equal(t, "200 t1-1.1 Up BackGround", w.ask(http.MethodGet, "/channels/t1-1.1"))
	w.connect()
	require.True(t, s.Arrive(fakeari.Arrival{ID: "t1-2.1"}))
	w.hears(1)
	s.CutSocket()
	require.Equal(t, "200 t1-2.1 Up Stasis", w.ask(http.MethodGet, "/channels/t1-2.1"), "a call outlives the socket")
}
