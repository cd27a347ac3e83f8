package recording_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

// TestAMessageIsKept as the citizen's side of a recording, before a conversation if
// there was one too.
func TestAMessageIsKept(t *testing.T) {
	t.Parallel()
	for name, talk := range map[string]time.Duration{"alone": 0, "before a conversation": 2 * time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				require.NoError(t, audio.WriteWAV(b.path(id, "vm"), audio.Tone(citizenHz, 0, 3*audio.Rate)))
				if talk > 0 {
					b.talk(id, talk, talk)
				}
				b.start() // which finds it
				defer b.Stop()
				pass(15 * time.Second)
				synctest.Wait()
				told := b.seen().told[id]
				require.Len(t, told, 1)
				require.Equal(t, 3*time.Second+talk, told[0].Duration)
				if talk == 0 {
					requireTones(t, b.seen().files[key], 3*time.Second, 0)
				}
				require.Zero(t, b.spooled())
			})
		})
	}
}
