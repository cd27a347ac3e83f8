package ari_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

// asking builds a client that is never started: requests need no event socket.
func asking(t *testing.T, base string) *ari.Client {
	t.Helper()
	c := ari.New(ari.Options{BaseURL: base, User: fakeari.User, Password: fakeari.Password, App: fakeari.App})
	t.Cleanup(c.Stop)
	return c
}

func TestARefusalTellsVerbPathStatusAndAsterisksMessage(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	ctx := t.Context()
	require.NoError(t, c.CreateBridge(ctx, "b1", "mixing", "b1"))
	for _, refused := range []struct {
		err  error
		text string
	}{
		{c.Dial(ctx, "t1-1.1", 5), "ARI POST /channels/t1-1.1/dial: 404 Channel not found"},
		{c.StopPlayback(ctx, "p1"), "ARI DELETE /playbacks/p1: 404 Playback not found"},
		{c.CreateBridge(ctx, "b1", "mixing", "b1"), "ARI POST /bridges/b1: 409 Bridge with id 'b1' already exists"},
		{c.AddChannel(ctx, "b1", "t1-1.1"), "ARI POST /bridges/b1/addChannel: 400 Channel not found"},
		{
			// Here the message is in another place.
			c.CreateChannel(ctx, ari.CreateRequest{ChannelID: "c1", Endpoint: "PJSIP/nobody", App: "hotline"}),
			"ARI POST /channels/create: 500 Allocation failed",
		},
		{c.DeleteDynamic(ctx, "res_pjsip", "endpoint", "trunk"), "ARI DELETE /asterisk/config/dynamic/res_pjsip/endpoint/trunk: 403 Could not delete object with id 'trunk'"},
	} {
		require.EqualError(t, refused.err, refused.text)
		var e *ari.Error
		require.ErrorAs(t, refused.err, &e)
		require.Equal(t, refused.text, fmt.Sprintf("ARI %s %s: %d %s", e.Verb, e.Path, e.Status, e.Message))
	}
}

func TestOnlyA404IsNotFound(t *testing.T) {
	t.Parallel()
	require.True(t, ari.IsNotFound(&ari.Error{Status: 404}))
	require.True(t, ari.IsNotFound(fmt.Errorf("hanging up: %w", &ari.Error{Status: 404})))
	for _, err := range []error{nil, errors.New("404"), &ari.Error{Status: 409}, context.DeadlineExceeded} {
		require.False(t, ari.IsNotFound(err), err)
	}
}

func TestWhatTheHTTPServerSaysHasItsStatusText(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"html":        "<html><title>503</title></html>",
		"nothing":     "",
		"no message":  `{"reason":"x"}`,
		"not ours":    `{"message":5}`,
		"not a model": `[]`,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, body)
		}))
		err := asking(t, server.URL).Ping(t.Context())
		require.EqualError(t, err, "ARI GET /asterisk/ping: 503 Service Unavailable", name)
		server.Close()
	}
}

func TestARequestWithoutAReplyTellsWhatItWas(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	s.Inject(fakeari.Fault{Path: "/asterisk/ping", Cut: true})
	err := c.Ping(t.Context())
	require.ErrorContains(t, err, "ARI GET /asterisk/ping: ")
	require.ErrorIs(t, err, io.EOF)

	s.Inject(fakeari.Fault{Path: "/channels", Before: make(chan struct{})})
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() { s.Await(http.MethodGet, "/channels", 1); cancel(nil) }()
	_, err = c.Channels(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "ARI GET /channels: ")
}

func TestAReplyThatIsNoModelTellsWhatItAnswered(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `[{"id":`)
	}))
	t.Cleanup(server.Close)
	_, err := asking(t, server.URL).Channels(t.Context())
	require.ErrorContains(t, err, "ARI GET /channels: ")
}

// A value may be a telephone number, and what is asked for is logged when it fails.
func TestAFailureDoesNotRepeatTheQueryNorThePassword(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	c := asking(t, "http://"+closed.Addr().String()+"/ari")
	err = c.SetVariable(t.Context(), "t1-1.1", "CALLERID(num)", "0908123456")
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	require.ErrorContains(t, err, "ARI POST /channels/t1-1.1/variable: ")
	require.NotContains(t, err.Error(), "0908123456")
	require.NotContains(t, err.Error(), fakeari.Password)
}

func TestABaseURLMayEndInASlash(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	require.NoError(t, asking(t, s.URL()+"/").Ping(t.Context()))
}
