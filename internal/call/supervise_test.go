package call_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func TestAnEarsIdsNameIt(t *testing.T) {
	t.Parallel()
	id := call.ID("bd1-1764000000.17")
	ear := id.Ear(1764000042)
	require.Equal(t, call.EarID("bd1-1764000000.17-e1764000042"), ear)
	for _, derived := range []string{string(ear), ear.Bridge(), ear.Snoop(2)} {
		of, ok := call.EarOf(derived)
		require.True(t, ok, derived)
		require.Equal(t, ear, of)
		in, _ := call.Of(derived)
		require.Equal(t, id, in)
	}
	for _, other := range []string{"", string(id), string(id.Offer(1)), id.Bridge(), string(id) + "-e", string(id) + "-ex1", "e1", "x-e1"} {
		_, ok := call.EarOf(other)
		require.False(t, ok, other)
	}
}

func TestSupervisorsFactsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for _, fact := range []call.Fact{
		call.Listened{By: "hoa", Agent: "lan", Whisper: true}, call.ListenEnded{By: "hoa", Agent: "lan", Why: call.ListenStopped},
		call.RecordingPaused{By: "lan"}, call.RecordingResumed{Why: call.RecordingTimeout},
		call.Steered{By: "hoa", Queue: "field", Front: true}, call.Forced{By: "hoa", Agent: "lan", To: call.Paused, Pause: "meeting"},
		call.MessageSent{Message: "m1", By: "hoa", To: []call.AgentID{"lan"}, Text: "x"}, call.MessageRead{Message: "m1", Agent: "lan"},
	} {
		event := call.Event{ID: "bd1-1", At: time.Unix(1764000000, 0).UTC(), Fact: fact}
		data, err := json.Marshal(event)
		require.NoError(t, err)
		var read call.Event
		require.NoError(t, json.Unmarshal(data, &read))
		require.Equal(t, event, read)
	}
}
