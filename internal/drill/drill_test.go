package drill_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/drill"
	"hotline1022/internal/softphone"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hotlineAt answers with a voice, and does what it is told with the key's end.
func hotlineAt(t *testing.T, say softphone.Source, then func(*softphone.Call)) string {
	t.Helper()
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	p.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Say: say, Up: func(c *softphone.Call) {
			if then != nil {
				then(c)
			}
		}}
	})
	return p.Address()
}

func telephones(t *testing.T) *drill.Telephones {
	t.Helper()
	tel, err := drill.NewTelephones("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(tel.Close)
	return tel
}

// The whole way is drilled with the hotline itself (internal/app); here is what is found
// when it fails.
func TestADrillTellsWhatDoesNotWork(t *testing.T) {
	t.Parallel()
	for name, hotline := range map[string]struct {
		say  softphone.Source
		then func(*softphone.Call)
		want drill.Stage
	}{
		"a silent line":            {say: softphone.Silence(), want: drill.Greeting},
		"a line that breaks":       {say: softphone.ToneSource(300), then: func(c *softphone.Call) { time.AfterFunc(time.Second, c.Hangup) }, want: drill.Ringing},
		"a menu without an effect": {say: softphone.ToneSource(300), want: drill.Ringing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := telephones(t).Run(t.Context(), drill.Plan{
				Via: hotlineAt(t, hotline.say, hotline.then), Number: "1022", Caller: "0000123", Keys: "22", Service: call.Fire,
			})
			require.Equal(t, hotline.want, r.Stage)
			require.False(t, r.OK())
			vi, en := r.Stage.Text()
			require.NotEmpty(t, vi)
			require.NotEmpty(t, en)
		})
	}
}

func TestAHotlineThatIsNotThereFailsTheDrill(t *testing.T) {
	t.Parallel()
	r := telephones(t).Run(t.Context(), drill.Plan{Via: "127.0.0.1:9", Number: "1022", Caller: "0000123", Keys: "22", Service: call.Fire})
	require.Equal(t, drill.Answering, r.Stage)
}
