package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// standing is a notice in Vietnamese, until a time.
type standing struct{ until time.Time }

func (n standing) Stands(lang call.Language, now time.Time) bool {
	return lang == call.Vietnamese && now.Before(n.until)
}

// TestNotice: after the greeting, with the emergency key known and alive; once more in
// line only for those who did not hear it; never in an emergency, and no longer than
// it stands.
func TestNotice(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { d.Notice = standing{time.Now().Add(time.Minute)} }, func(t *testing.T, b *bench) {
		id, hasty, foreign, urgent := b.enters(), b.enters(), b.enters(), b.enters()
		require.Equal(t, "vi/greet+vi/greet_emergency+vi/notice+vi/other_language+vi/main_menu", b.hears(id))
		b.press(hasty, "31")
		b.press(foreign, "931")
		b.press(urgent, "2")
		require.Equal(t, "vi/emg_menu", b.hears(urgent))
		b.press(urgent, "1")
		b.spoken(id)
		b.press(id, "31")
		b.pass(5 * time.Second)
		require.Equal(t, "vi/notice+vi/queue_next+vi/comfort", b.hears(hasty))
		require.NotContains(t, b.hears(id), "notice")
		require.NotContains(t, b.hears(foreign), "notice")
		b.pass(30 * time.Second)
		require.Equal(t, "vi/queue_next+vi/comfort", b.hears(hasty), "once")
		require.Zero(t, b.phones.count("play "+string(urgent)+" "+urgent.Play(3)+" vi/notice"))
		b.pass(time.Minute)
		late := b.enters()
		require.Equal(t, "vi/greet+vi/greet_emergency+vi/other_language+vi/main_menu", b.hears(late))
	})
}
