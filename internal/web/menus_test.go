package web

import (
	"bytes"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// fakeMenus are those that are shipped, read when they are asked for, with one sound.
type fakeMenus struct {
	t     *testing.T
	once  sync.Once
	flow  *flow.Flow
	texts prompt.Catalogue
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

	resp, body := w.text("GET /api/prompts/vi/greet", "", as("t-minh"), with("Range", "bytes=0-3"))
	require.Equal(t, [3]any{206, "audio/wav", "RIFF"}, [3]any{resp.StatusCode, resp.Header.Get("Content-Type"), body})
	w.refused(404, "not_found", "GET /api/prompts/vi/nothing", "", as("t-minh"))
	w.refused(404, "not_found", "GET /api/prompts/de/greet", "", as("t-minh"))
	w.refused(404, "not_found", "GET /api/prompts/vi/..%2f..%2fsecret", "", as("t-minh"))
}
