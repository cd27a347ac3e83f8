package switchboard

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// messages is what a controller that starts now reads of them.
func (b *bench) messages() *Messages {
	m := NewMessages()
	b.journal.mu.Lock()
	defer b.journal.mu.Unlock()
	for _, e := range b.journal.events {
		require.NoError(b.t, m.Apply(e))
	}
	return m
}

// messagesTold is the texts of the messages that a page has been told and not taken yet.
func messagesTold(events <-chan DeskEvent) (texts []string) {
	for {
		select {
		case e := <-events:
			switch m := e.(type) {
			case DeskMessage:
				texts = append(texts, m.Message.Text)
			case DeskMessageRead:
				texts = append(texts, "read "+m.ID)
			}
		default:
			return texts
		}
	}
}

func TestMessagesStayUntilTheyAreRead(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		page, cancel := desks.Watch("lan")
		defer cancel()
		sent := desks.Send("hoa", []call.AgentID{"mai", "lan", "lan"}, "Mưa lớn ở Thủ Dầu Một")
		require.Equal(t, []Addressee{{Agent: "lan"}, {Agent: "mai"}}, sent.To)
		require.Equal(t, []string{"Mưa lớn ở Thủ Dầu Một"}, messagesTold(page))

		// A page that is loaded anew, and a desk that signs in later, have it too; so after a
		// restart.
		b.restart()
		b.signIn("mai")
		desks = b.board.Desks()
		page, cancel = desks.Watch("lan")
		defer cancel()
		other, cancel := desks.Watch("mai")
		defer cancel()
		require.Len(t, messagesTold(page), 1)
		require.Len(t, messagesTold(other), 1)

		b.silently(time.Minute)
		require.ErrorIs(t, desks.Read("tu", sent.ID), ErrNoMessage)
		require.ErrorIs(t, desks.Read("lan", "m0"), ErrNoMessage)
		for range 2 {
			require.NoError(t, desks.Read("lan", sent.ID))
		}
		require.Equal(t, []string{"read " + sent.ID}, messagesTold(page))
		require.Empty(t, messagesTold(other))
		synctest.Wait()
		list := desks.Sent()
		require.Len(t, list, 1)
		require.Equal(t, time.Now(), list[0].To[0].ReadAt)
		require.Zero(t, list[0].To[1].ReadAt)

		b.restart()
		require.Equal(t, list, b.board.Desks().Sent())
		page, cancel = b.board.Desks().Watch("lan")
		defer cancel()
		require.Empty(t, messagesTold(page))

		b.silently(messagesLast + time.Minute)
		require.Empty(t, b.board.Desks().Sent())
	})
}

// TestManyMessages: a page is told as many as it can take, and the rest when these are read.
func TestManyMessages(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		var last Message
		for range 3 * mostUnread {
			last = desks.Send("hoa", []call.AgentID{"lan"}, "x")
			b.silently(time.Second)
		}
		b.signIn("lan")
		read := 0
		for range 3 * mostUnread {
			page, cancel := desks.Watch("lan")
			told, texts := told(page)
			_ = told
			require.LessOrEqual(t, len(texts), watchBuffer)
			cancel()
			unread := desks.messages.unread("lan", time.Now())
			if len(unread) == 0 {
				break
			}
			for _, m := range unread {
				require.NoError(t, desks.Read("lan", m.ID))
				read++
			}
		}
		require.Equal(t, 3*mostUnread, read)
		require.Equal(t, last.ID, desks.Sent()[0].ID, "the last first")
		require.False(t, slices.ContainsFunc(desks.Sent(), func(m Message) bool { return m.To[0].ReadAt.IsZero() }))
	})
}
