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
	messages      *recording.MessageKeeper
}

func (a *App) newKeepers(ends stack.Endpoints) *keepers {
	return &keepers{
		conversations: recording.NewKeeper(ends.RecordingDir, a.blobs, func(id call.ID, r call.Recorded) { a.journal.Append(id, r) }, a.log),
		messages: recording.NewMessageKeeper(ends.MessageDir, a.blobs, func(name string, r call.Recorded) {
			id, _ := call.Of(name)
			a.journal.Append(id, r)
		}, a.log),
	}
}

// Finish says that a call has ended.
func (k *keepers) Finish(id call.ID) {
	k.conversations.Finish(id)
	k.messages.Finish(string(id))
}

// Start keeps what earlier runs left, and then what Finish tells.
func (k *keepers) Start(ctx context.Context, alive func(call.ID) bool) error {
	return errors.Join(k.conversations.Start(ctx, alive), k.messages.Start(ctx, alive))
}

// Stop ends both; what they had not kept is kept after the next start.
func (k *keepers) Stop() {
	k.conversations.Stop()
	k.messages.Stop()
}
