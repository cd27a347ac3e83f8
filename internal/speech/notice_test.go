package speech_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/speech"
)

// noticed is a library with a notice beside it, in a folder that stays.
func noticed(t *testing.T) (dir string, open func() *speech.Notices) {
	t.Helper()
	prompts := t.TempDir()
	build(t, small(), "", prompts)
	library, err := speech.OpenLibrary(prompts, small())
	require.NoError(t, err)
	dir = t.TempDir()
	return dir, func() *speech.Notices {
		n, err := speech.OpenNotices(dir, library)
		require.NoError(t, err)
		return n
	}
}

func TestANoticeIsSpokenAndKept(t *testing.T) {
	t.Parallel()
	dir, open := noticed(t)
	n := open()
	now := time.Now()
	require.False(t, n.Stands(call.Vietnamese, now))
	without, _, err := n.Find(call.Vietnamese, []string{"greet", speech.NoticeKey, "long"})
	require.NoError(t, err)
	require.Len(t, without, 2, "none is left out")

	cut := speech.Notice{Vi: "Đang mất điện ở phường Thủ Dầu Một.", By: "trưởng ca", At: now, Until: now.Add(time.Hour)}
	require.NoError(t, n.Set(t.Context(), cut, nil))
	for name, n := range map[string]*speech.Notices{"at once": n, "after a restart": open()} {
		require.True(t, n.Stands(call.Vietnamese, now), name)
		require.False(t, n.Stands(call.English, now), "there is no English text")
		require.False(t, n.Stands(call.Vietnamese, now.Add(time.Hour)), "it has run out")
		paths, total, err := n.Find(call.Vietnamese, []string{"greet", speech.NoticeKey, "long"})
		require.NoError(t, err)
		require.Len(t, paths, 3)
		require.FileExists(t, paths[1]+".wav")
		require.Greater(t, total, 3*time.Second)
		got, ok := n.Now(now)
		require.True(t, ok)
		require.Equal(t, cut.Vi, got.Vi)
	}

	cut.En, cut.At = "There is a power cut.", now.Add(time.Second)
	require.NoError(t, n.Set(t.Context(), cut, nil))
	require.True(t, n.Stands(call.English, now))
	sounds, err := filepath.Glob(filepath.Join(dir, "*.wav"))
	require.NoError(t, err)
	require.Len(t, sounds, 2, "the sound of before is removed")

	require.NoError(t, n.Clear())
	require.NoError(t, n.Clear())
	require.False(t, n.Stands(call.Vietnamese, now))
	require.False(t, open().Stands(call.Vietnamese, now))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestARecordedNotice(t *testing.T) {
	t.Parallel()
	_, open := noticed(t)
	n := open()
	now := time.Now()
	paths, _, err := n.Find(call.Vietnamese, []string{"long"})
	require.NoError(t, err)
	recorded, err := os.ReadFile(paths[0] + ".wav")
	require.NoError(t, err)
	require.NoError(t, n.Set(t.Context(), speech.Notice{At: now, Until: now.Add(time.Hour)}, bytes.NewReader(recorded)))
	_, total, err := n.Find(call.Vietnamese, []string{speech.NoticeKey})
	require.NoError(t, err)
	require.Greater(t, total, time.Second)

	// What is no sound, or too long, leaves the old one in use.
	err = n.Set(t.Context(), speech.Notice{At: now.Add(1), Until: now.Add(time.Hour)}, strings.NewReader("no sound"))
	require.ErrorIs(t, err, speech.ErrNoticeSilent)
	long := speech.Notice{Vi: strings.Repeat("Xin quý khách giữ máy. ", 60), At: now.Add(2), Until: now.Add(time.Hour)}
	require.ErrorIs(t, n.Set(t.Context(), long, nil), speech.ErrNoticeTooLong)
	_, still, err := open().Find(call.Vietnamese, []string{speech.NoticeKey})
	require.NoError(t, err)
	require.Equal(t, total, still)
}
