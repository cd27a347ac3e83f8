package ari_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/testkit/fakeari"
)

// poolSize is how many requests may be under way; http.conf allows 1000 connections
// for these and for every desk's socket together.
const poolSize = 64

func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	for range 50 {
		require.NoError(t, c.Ping(t.Context()))
		require.Error(t, c.MusicStart(t.Context(), "t1-1.1"), "a refusal is read to its end too")
		_, err := c.Channels(t.Context())
		require.NoError(t, err)
	}
	total, _ := s.Connections()
	require.Equal(t, 2, total, "one of them for what is about sounds")
}

// In a surge hundreds of prompts are begun and ended. A desk is rung all the same.
func TestPromptsKeepNoLegWaiting(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	gate := make(chan struct{})
	const lease = "/channels/t1-1.1/variable"
	s.Inject(fakeari.Fault{Path: lease, Before: gate})
	answers := make(chan error, 2*poolSize)
	for range cap(answers) {
		go func() { answers <- c.SetVariable(t.Context(), "t1-1.1", "TIMEOUT(absolute)", "15") }()
	}
	s.Await(http.MethodPost, lease, poolSize)
	require.NoError(t, c.Ping(t.Context()))
	require.NoError(t, c.CreateBridge(t.Context(), "t1-1.1-b", "mixing", "t1-1.1-b"))
	close(gate)
	for range cap(answers) {
		require.Error(t, come(t, answers, "a reply"), "there is no such channel")
	}
}

func TestThePoolIsBoundedAndTheSocketIsNotPartOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	gate := make(chan struct{})
	w.server.Inject(fakeari.Fault{Path: "/asterisk/ping", Before: gate})
	answers := make(chan error, 3*poolSize)
	for range cap(answers) {
		go func() { answers <- w.client.Ping(t.Context()) }()
	}
	w.server.Await(http.MethodGet, "/asterisk/ping", poolSize)
	total, most := w.server.Connections()
	require.Equal(t, []int{poolSize, poolSize}, []int{total, most})

	// Requests may wait, behind a prompt or for a place. The events must not.
	require.NoError(t, w.client.Start(t.Context()))
	w.server.Await(http.MethodGet, "/events", 1)

	close(gate)
	for range cap(answers) {
		require.NoError(t, come(t, answers, "a reply"))
	}
	come(t, w.connects, "the connection")
	_, most = w.server.Connections()
	require.Equal(t, poolSize+1, most)
}
