package app

import (
	"context"
	"errors"

	"hotline1022/internal/call"
	"hotline1022/internal/stack"
	"hotline1022/recording"
)

// keepers keep what was said: conversations, and messages that citizens left.
type keepers struct {
	conversations *recording.Keeper
	messages      *recording.Keeper
}

func (a *App) newKeepers(ends stack.Endpoints) *keepers {
	tell := func(name string, r call.Recorded) {
		id, _ := call.Of(name)
		a.journal.Append(id, r)
	}
	return &keepers{
		conversations: recording.NewKeeper(ends.RecordingDir, a.blobs, tell, a.log),
		messages:      recording.NewMessageKeeper(ends.MessageDir, a.blobs, tell, a.log),
	}
}

// Finish says that a call has ended.
func (k *keepers) Finish(id call.ID) {
	k.conversations.Finish(string(id))
	k.messages.Finish(string(id))
}

// Discard says that a call has ended of which nothing is to be kept.
func (k *keepers) Discard(id call.ID) { k.conversations.Discard(string(id)) }

// FinishOutside says that the leg of a telephone that we called is gone.
func (k *keepers) FinishOutside(leg string) { k.conversations.Finish(leg) }

// Start keeps what earlier runs left, and then what Finish tells.
func (k *keepers) Start(ctx context.Context, alive func(call.ID) bool) error {
	return errors.Join(k.conversations.Start(ctx, alive), k.messages.Start(ctx, alive))
}

// Stop ends both; what they had not kept is kept after the next start.
func (k *keepers) Stop() {
	k.conversations.Stop()
	k.messages.Stop()
}
