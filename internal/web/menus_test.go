package web

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// fakeMenus are those that are shipped, read when they are asked for, with one sound.
type fakeMenus struct {
	t     *testing.T
	once  sync.Once
	flow  *flow.Flow
	texts prompt.Catalogue

	recorded string
	refuses  error
}

func (m *fakeMenus) read() *fakeMenus {
	m.once.Do(func() {
		m.texts = prompt.Catalogue{}
		data, err := os.ReadFile("../../configs/ivr.yaml")
		require.NoError(m.t, err)
		m.flow, err = flow.Parse("ivr.yaml", data)
		require.NoError(m.t, err)
		for _, lang := range m.flow.Languages {
			name := string(lang) + ".yaml"
			data, err := os.ReadFile("../../configs/prompts/" + name)
			require.NoError(m.t, err)
			require.NoError(m.t, m.texts.Parse(lang, name, data))
		}
	})
	return m
}

func (m *fakeMenus) Flow() *flow.Flow        { return m.read().flow }
func (m *fakeMenus) Texts() prompt.Catalogue { return m.read().texts }

func (m *fakeMenus) Prompt(lang call.Language, key string) (io.ReadSeekCloser, time.Time, error) {
	if !m.Texts().Has(lang, key) {
		return nil, time.Time{}, ErrNotFound
	}
	return closer{bytes.NewReader([]byte(recordingBytes))}, someTime, nil
}

func (m *fakeMenus) Line() acd.Config {
	return acd.Config{
		RingTime: 15 * time.Second,
		Queues: []acd.Queue{
			{Name: "field", Group: call.Field, Strategy: acd.LongestIdle, MaxWait: 10 * time.Minute, Overflow: acd.Target{To: acd.ToVoicemail}},
			{Name: "roads", Group: call.Field, Skills: acd.Skills("roads"), Overflow: acd.Target{To: acd.ToQueue, Queue: "field"},
				Wants: []acd.Want{{Trait: acd.ByLanguage, Level: 2, Except: []string{"vi"}}}},
		},
		Agents: map[call.AgentID]acd.Profile{
			"lan": {Skills: []acd.Skill{{Name: "roads", Level: 1}, {Name: "language.en", Level: 3}}, Order: 2}, "minh": {Skills: acd.Skills("field")},
		},
	}
}

func (m *fakeMenus) Length(_ call.Language, key string) (time.Duration, bool) {
	return 1500 * time.Millisecond, key == "greet"
}

func (m *fakeMenus) Record(_ context.Context, _ call.Language, key string, from io.Reader) (speech.Take, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return speech.Take{}, err
	}
	m.recorded = key + " " + string(data)
	return speech.Take{Length: 2 * time.Second, Peak: 0.5}, m.refuses
}

func (m *fakeMenus) Forget(_ context.Context, _ call.Language, key string) error {
	m.recorded = "no " + key
	return m.refuses
}

func TestTheFlowIsShownAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/ivr", "", as("t-minh"))
	require.Equal(t, "main", got["start"])
	require.Equal(t, map[string]any{"key": "2", "go": "emergency", "language": ""}, got["emergency"])
	nodes := map[string]map[string]any{}
	for _, n := range got["nodes"].([]any) {
		node := n.(map[string]any)
		nodes[node["name"].(string)] = node
	}
	require.Len(t, nodes, len(w.menus.Flow().Names()))
	require.Equal(t, map[string]any{"key": "9", "go": "main", "language": "en"}, nodes["main"]["keys"].([]any)[4])
	require.Equal(t, []any{"recording", "transfer"}, nodes["field_traffic"]["say"], "with the notice that callers hear")
	require.Equal(t, []any{"emg_hold"}, nodes["emergency_fire"]["say"])
	require.Equal(t, "114", nodes["emergency_fire"]["service"])
	require.Equal(t, true, nodes["emergency_fire"]["emergency"])
	require.Equal(t, "emergency_agent", nodes["emergency"]["otherwise"])
	require.Equal(t, "Thủ tục hành chính", nodes["procedure"]["label"])
	require.Equal(t, []any{}, nodes["farewell"]["keys"])
	texts := got["texts"].(map[string]any)
	require.Contains(t, texts["vi"].(map[string]any)["greet"].(map[string]any)["text"], "một không hai hai")
	require.Equal(t, "en", texts["vi"].(map[string]any)["other_language"].(map[string]any)["language"], "said in English to all")
	require.NotContains(t, texts["vi"], "comfort", "not a word of the flow")
}

func TestAWalkIsACallsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	walk := func(pressed string) []any {
		return w.json(200, "GET /api/ivr/walk?pressed="+pressed, "", as("t-minh"))["steps"].([]any)
	}
	last := func(pressed string) map[string]any {
		steps := walk(pressed)
		return steps[len(steps)-1].(map[string]any)
	}
	require.Len(t, walk(""), 1, "the greeting")
	require.Len(t, walk("31"), 3)
	require.Equal(t, [3]any{"field_traffic", "queue", true}, [3]any{last("31")["node"], last("31")["done"], last("31")["accepted"]})
	require.Equal(t, "en", last("9")["language"])
	require.Equal(t, "vi", last("99")["language"])
	require.Equal(t, "operator", last("--")["node"], "silence leads to a human")
	require.Equal(t, "emergency_agent", last("32-")["node"], "the emergency key is live everywhere")
	require.Equal(t, "emergency", last("312")["node"], "and in line")
	require.Equal(t, "goodbye", last("4%23")["done"])
	require.Equal(t, false, last("7")["accepted"])
	w.refused(400, "bad_request", "GET /api/ivr/walk?pressed=3a", "", as("t-minh"))
}

func TestPromptsCanBeListenedTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := w.json(200, "GET /api/prompts", "", as("t-minh"))["prompts"].([]any)
	found := map[string]map[string]any{}
	for _, r := range rows {
		row := r.(map[string]any)
		require.NotContains(t, found, row["key"], "each once")
		found[row["key"].(string)] = row
	}
	require.Equal(t, false, found["greet"]["made"])
	require.Len(t, found["greet"]["texts"], 2)
	require.Equal(t, true, found["ahead_50"]["made"])
	greet := found["greet"]["texts"].(map[string]any)["vi"].(map[string]any)
	require.Equal(t, [2]any{1500.0, true}, [2]any{greet["length_ms"], greet["recorded"]})

	resp, body := w.text("GET /api/prompts/vi/greet", "", as("t-minh"), with("Range", "bytes=0-3"))
	require.Equal(t, [3]any{206, "audio/wav", "RIFF"}, [3]any{resp.StatusCode, resp.Header.Get("Content-Type"), body})
	w.refused(404, "not_found", "GET /api/prompts/vi/nothing", "", as("t-minh"))
	w.refused(404, "not_found", "GET /api/prompts/de/greet", "", as("t-minh"))
	w.refused(404, "not_found", "GET /api/prompts/vi/..%2f..%2fsecret", "", as("t-minh"))
}

func TestAPromptIsRecordedAndForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wav := with("Content-Type", "audio/wav")
	got := w.json(200, "PUT /api/prompts/vi/greet", "RIFF…", in("minh"), wav)
	require.Equal(t, map[string]any{"length_ms": 2000.0, "peak": 0.5, "clipped": 0.0}, got)
	require.Equal(t, "greet RIFF…", w.menus.recorded)
	resp, _ := w.text("DELETE /api/prompts/vi/greet", "", in("minh"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "no greet", w.menus.recorded)
	require.Equal(t, []string{"minh prompt.record vi greet done", "minh prompt.forget vi greet done"}, w.audit.lines())

	w.refused(400, "bad_request", "PUT /api/prompts/vi/greet", `{}`, in("minh"))
	w.refused(404, "not_found", "PUT /api/prompts/vi/..%2fsecret", "RIFF", in("minh"), wav)
	w.refused(404, "not_found", "DELETE /api/prompts/de/greet", "", in("minh"))
	w.refused(400, "bad_request", "PUT /api/prompts/vi/greet", strings.Repeat("x", longestNoticeSound+1), in("minh"), wav)
	for err, says := range map[error]string{
		speech.ErrNoSound: "cannot be read", speech.ErrSilent: "Nothing can be heard", speech.ErrFaint: "closer", speech.ErrTooLoud: "breaks up",
		speech.ErrTooLong: "two minutes", speech.ErrNotRecorded: "the machine's already",
	} {
		w.menus.refuses = err
		_, said := w.text("PUT /api/prompts/vi/greet", "RIFF", in("minh"), wav)
		require.Contains(t, said, says)
	}
}

func TestQueuesAreShownWithWhoServesThem(t *testing.T) {
	t.Parallel()
	got := newWorld(t).json(200, "GET /api/queues", "", as("t-minh"))
	queues := got["queues"].([]any)
	field, roads := queues[0].(map[string]any), queues[1].(map[string]any)
	require.Equal(t, [3]any{"voicemail", 600_000.0, "longest_idle"}, [3]any{field["overflow"], field["max_wait_ms"], field["strategy"]})
	require.Equal(t, "field", roads["overflow"])
	require.Equal(t, []any{map[string]any{"trait": "language", "level": 2.0, "relax_after_ms": 0.0, "except": []any{"vi"}}}, roads["wants"])
	require.Len(t, field["agents"], 1)
	require.Equal(t, []any{map[string]any{
		"agent": "lan", "name": "Nguyễn Thị Lan", "order": 2.0,
		"skills": []any{map[string]any{"name": "roads", "level": 1.0}, map[string]any{"name": "language.en", "level": 3.0}},
	}}, roads["agents"])
}
