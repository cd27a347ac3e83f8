package ari

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheEndComesBehindTheEventsAndItsFirstReasonCounts(t *testing.T) {
	t.Parallel()
	i := newInbox()
	first, second := &StasisStart{}, &StasisEnd{}
	cut, late := errors.New("cut"), errors.New("late")
	i.put(first)
	i.put(second)
	i.end(cut)
	i.end(late)
	for _, want := range []Event{first, second} {
		event, err := i.next(t.Context())
		require.NoError(t, err)
		require.Same(t, want, event)
	}
	for range 2 {
		_, err := i.next(t.Context())
		require.Equal(t, cut, err)
	}
}

// Who lost the application acts on nothing any more, not even on what came before.
func TestAnAbortGoesBeforeTheEvents(t *testing.T) {
	t.Parallel()
	i := newInbox()
	i.put(&StasisStart{})
	i.end(errors.New("cut"))
	i.abort(errReplaced)
	event, err := i.next(t.Context())
	require.Nil(t, event)
	require.Equal(t, errReplaced, err)
	require.Equal(t, errReplaced, i.reason())
}

func TestNoEventAfterStop(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	i := newInbox()
	i.put(&StasisStart{})
	cancel()
	_, err := i.next(ctx)
	require.ErrorIs(t, err, context.Canceled)
}
