package switchboard

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func (f *fakePhones) PauseRecording(ctx context.Context, leg string, paused bool) error {
	return f.do(ctx, fmt.Sprintf("record-pause %s %v", leg, paused), func() error {
		if f.legs[leg] == nil {
			return ErrGone
		}
		f.paused[call.ID(leg)] = paused
		return nil
	})
}

func (b *bench) silent(id call.ID) bool {
	b.phones.mu.Lock()
	defer b.phones.mu.Unlock()
	return b.phones.paused[id]
}

// lights is what the page is told of the recording and has not taken yet.
func lights(events <-chan DeskEvent) (lights []DeskRecording) {
	for {
		select {
		case e := <-events:
			if light, ok := e.(DeskRecording); ok {
				lights = append(lights, light)
			}
		default:
			return lights
		}
	}
}

func TestRecordingIsPausedAndGoesOn(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		require.ErrorIs(t, desks.Record(b.ctx, "lan", false), ErrNotTalking)
		id, _ := b.talking()
		page, cancel := desks.Watch("lan")
		defer cancel()
		require.ErrorIs(t, desks.Record(b.ctx, "mai", false), ErrNotTalking)
		require.NoError(t, desks.Record(b.ctx, "lan", true), "it is on")
		require.Empty(t, lights(page))

		require.NoError(t, desks.Record(b.ctx, "lan", false))
		require.True(t, b.silent(id))
		until := time.Now().Add(longestPause)
		require.Equal(t, []DeskRecording{{Call: id, Off: true, Until: until}}, lights(page))
		state, _ := desks.State("lan")
		require.Equal(t, until, state.Offer.RecordingOff, "for a page that is loaded anew")

		b.silently(time.Minute)
		require.NoError(t, desks.Record(b.ctx, "lan", false), "prolongs it")
		require.Equal(t, until.Add(time.Minute), lights(page)[0].Until)
		b.silently(longestPause - time.Second)
		require.True(t, b.silent(id))
		b.silently(2 * time.Second)
		require.False(t, b.silent(id))
		require.Equal(t, []DeskRecording{{Call: id, Why: call.RecordingTimeout}}, lights(page))

		require.NoError(t, desks.Record(b.ctx, "lan", false))
		require.NoError(t, desks.Record(b.ctx, "lan", true))
		require.False(t, b.silent(id))
		state, _ = desks.State("lan")
		require.Zero(t, state.Offer.RecordingOff)
		require.Equal(t, []call.Fact{
			call.RecordingPaused{By: "lan"}, call.RecordingResumed{Why: call.RecordingTimeout},
			call.RecordingPaused{By: "lan"}, call.RecordingResumed{By: "lan", Why: call.RecordingAsked},
		}, b.pausesOf(id))
	})
}

func (b *bench) pausesOf(id call.ID) []call.Fact {
	synctest.Wait()
	var facts []call.Fact
	for _, fact := range b.journal.facts(id) {
		switch fact.(type) {
		case call.RecordingPaused, call.RecordingResumed:
			facts = append(facts, fact)
		}
	}
	return facts
}

// TestPauseThatIsRefused: the agent is told; and while a recording cannot be let go on, the
// light says so.
func TestPauseThatIsRefused(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		id, _ := b.talking()
		b.phones.set(func() { b.phones.refuse["record-pause"] = errRefused })
		require.ErrorIs(t, desks.Record(b.ctx, "lan", false), errRefused)
		state, _ := desks.State("lan")
		require.Zero(t, state.Offer.RecordingOff)
		require.Empty(t, b.pausesOf(id))

		b.phones.set(func() { clear(b.phones.refuse) })
		require.NoError(t, desks.Record(b.ctx, "lan", false))
		b.phones.set(func() { b.phones.refuse["record-pause"] = errRefused })
		require.ErrorIs(t, desks.Record(b.ctx, "lan", true), errRefused)
		require.Len(t, b.pausesOf(id), 1)
		b.phones.set(func() { clear(b.phones.refuse) })
		b.silently(recordRetry + time.Second)
		require.False(t, b.silent(id))
		require.Len(t, b.pausesOf(id), 2)
	})
}

// TestPauseOfWhichNobodyKnows: it was refused, but carried out all the same.
func TestPauseOfWhichNobodyKnows(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.phones.set(func() { b.phones.deaf["record-pause"] = errRefused })
		require.ErrorIs(t, b.board.Desks().Record(b.ctx, "lan", false), errRefused)
		require.True(t, b.silent(id))
		b.phones.set(func() { clear(b.phones.deaf) })
		state, _ := b.board.Desks().State("lan")
		require.Zero(t, state.Offer.RecordingOff)
		b.silently(recordRetry + time.Second)
		require.False(t, b.silent(id))
		require.Empty(t, b.pausesOf(id))
	})
}

// TestPauseOverARestart: Asterisk keeps it, and so its end.
func TestPauseOverARestart(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		require.NoError(t, b.board.Desks().Record(b.ctx, "lan", false))
		b.silently(time.Minute)
		b.restart()
		b.lineUp("lan")
		state, _ := b.board.Desks().State("lan")
		require.Equal(t, time.Now().Add(time.Minute), state.Offer.RecordingOff)
		b.silently(time.Minute + time.Second)
		require.False(t, b.silent(id))

		// With the call it is over, whoever is still asking.
		require.NoError(t, b.board.Desks().Record(b.ctx, "lan", false))
		b.hangsUp(leg, causeNormal)
		require.ErrorIs(t, b.board.Desks().Record(b.ctx, "lan", true), ErrNotTalking)
		b.silently(longestPause + time.Second)
		b.nothingIsLeft()
	})
}

// TestPauseInAConference: it goes on in the new part, and is everybody's who talks.
func TestPauseInAConference(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		desks := b.board.Desks()
		require.NoError(t, desks.Record(b.ctx, "lan", false))
		b.consulting(id)
		require.ErrorIs(t, desks.Record(b.ctx, "hoa", true), ErrNotTalking, "who is only asked")
		b.do(desks.Conference(b.ctx, "lan"))
		require.Contains(t, b.phones.last("part-of-recording "+string(id)), "true")
		hoa, _ := desks.State("hoa")
		require.NotZero(t, hoa.Offer.RecordingOff)
		var pages []<-chan DeskEvent
		for _, agent := range []call.AgentID{"lan", "hoa"} {
			page, cancel := desks.Watch(agent)
			defer cancel()
			pages = append(pages, page)
		}
		require.NoError(t, desks.Record(b.ctx, "hoa", true))
		for _, page := range pages {
			require.Equal(t, []DeskRecording{{Call: id, Why: call.RecordingAsked}}, lights(page))
		}
		require.False(t, b.silent(id))
		b.over(id)
	})
}
