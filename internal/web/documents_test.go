package web

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
)

// fakeDocuments is an editor of a copy of the shipped files, with its history in memory.
// The copy is made when it is asked for.
type fakeDocuments struct {
	t    *testing.T
	once sync.Once
	*config.Editor

	kept []config.Version
	used int
	err  error // of taking it into use
}

func (f *fakeDocuments) editor() *config.Editor {
	f.once.Do(func() {
		dir := f.t.TempDir()
		require.NoError(f.t, os.CopyFS(dir, os.DirFS("../../configs")))
		f.Editor = config.NewEditor(dir, f, func() error {
			f.used++
			return f.err
		})
	})
	return f.Editor
}

func (f *fakeDocuments) Read(name string) (config.Document, string, error) {
	return f.editor().Read(name)
}

func (f *fakeDocuments) Check(name, text string) (*config.Config, error) {
	return f.editor().Check(name, text)
}

func (f *fakeDocuments) Save(ctx context.Context, c config.Change) (int, error) {
	return f.editor().Save(ctx, c)
}

func (f *fakeDocuments) Versions(ctx context.Context, name string, limit int) ([]config.Version, error) {
	return f.editor().Versions(ctx, name, limit)
}

func (f *fakeDocuments) Version(ctx context.Context, name string, number int) (config.Version, error) {
	return f.editor().Version(ctx, name, number)
}

func (f *fakeDocuments) ConfigVersions(context.Context, string, int) ([]config.Version, error) {
	return f.kept, nil
}

func (f *fakeDocuments) ConfigVersion(_ context.Context, _ string, n int) (config.Version, error) {
	if n < 1 || n > len(f.kept) {
		return config.Version{}, ErrNotFound
	}
	return f.kept[n-1], nil
}

func (f *fakeDocuments) KeepConfig(_ context.Context, found, next config.Version, use func() error) (int, error) {
	if err := use(); err != nil {
		return 0, err
	}
	if len(f.kept) == 0 {
		found.Number = 1
		f.kept = append(f.kept, found)
	}
	next.Number = len(f.kept) + 1
	f.kept = append(f.kept, next)
	return next.Number, nil
}

func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always JSON
	}
	return string(data)
}

// save changes a document, and expects that status.
func (w *world) save(status int, who, name, from, to string, more ...string) map[string]any {
	w.t.Helper()
	got := w.json(200, "GET /api/config/"+name, "", in(who))
	text := got["text"].(string)
	require.Contains(w.t, text, from)
	form := `{"text":` + quoted(strings.Replace(text, from, to, 1)) + `,"base":"` + got["base"].(string) + `","why":"Thử"` + strings.Join(more, "") + `}`
	return w.json(status, "PUT /api/config/"+name, form, in(who))
}

func TestADocumentIsEditedWithItsHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.json(200, "GET /api/config", "", in("minh"))["documents"].([]any)
	require.Len(t, all, len(config.Documents()))
	require.Equal(t, map[string]any{
		"name": "emergency", "file": "emergency.yaml", "vi": "Nơi nhận cuộc gọi khẩn cấp", "en": "Destinations of emergencies", "now": true, "guarded": true, "may": false,
	}, all[2], "a supervisor reads it")

	saved := w.save(200, "minh", "ivr", "wait: 5s", "wait: 6s")
	require.EqualValues(t, 2, saved["number"])
	got := w.json(200, "GET /api/config/ivr", "", in("minh"))
	require.Contains(t, got["text"], "wait: 6s")
	require.Equal(t, saved["base"], got["base"])
	require.Len(t, got["versions"], 2)
	last := w.json(200, "GET /api/config/ivr/versions/2", "", in("minh"))
	require.Equal(t, [4]any{"minh", "Trần Văn Minh", "Thử", got["text"]}, [4]any{last["by"], last["by_name"], last["why"], last["text"]})
	first := w.json(200, "GET /api/config/ivr/versions/1", "", in("minh"))
	require.Contains(t, first["text"], "wait: 5s")
	require.Equal(t, []string{"minh config.save ivr done"}, w.audit.lines())
	require.Equal(t, "2", w.audit.entries[0].Detail["version"])
	require.Equal(t, "Thử", w.audit.entries[0].Detail["why"])

	w.refused(404, "not_found", "GET /api/config/hotline", "", in("minh"))
	w.refused(404, "not_found", "GET /api/config/ivr/versions/x", "", in("minh"))
	w.refused(404, "not_found", "GET /api/config/ivr/versions/9", "", in("minh"))
	w.refused(404, "not_found", "PUT /api/config/nothing", `{"text":"","base":"","why":"x"}`, in("minh"))
}

func TestABadDocumentIsRefusedWithItsLines(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	problem := w.save(400, "minh", "ivr", "say: [group3]", "say: [group33]")["error"].(map[string]any)
	require.Equal(t, "bad_document", problem["code"])
	fault := problem["faults"].([]any)[0].(map[string]any)
	require.Equal(t, "ivr.yaml", fault["file"])
	require.Positive(t, fault["line"])
	require.Contains(t, fault["what"], "group33")
	require.NotEmpty(t, fault["do"])
	require.Equal(t, []string{"minh config.save ivr failed bad_document"}, w.audit.lines())
	require.Zero(t, w.docs.used)

	text := w.json(200, "GET /api/config/ivr", "", in("minh"))["text"].(string)
	check := func(text, pressed string) map[string]any {
		return w.json(200, "POST /api/config/ivr/check", `{"text":`+quoted(text)+`,"pressed":"`+pressed+`"}`, in("minh"))
	}
	bad := check("start: [", "")
	require.Len(t, bad["faults"], 1)
	require.Nil(t, bad["flow"])
	require.Equal(t, []any{}, bad["steps"])

	// An edited flow is walked through before it is saved.
	good := check(strings.Replace(text, "      3: field\n", "      7: field\n", 1), "71")
	require.Empty(t, good["faults"])
	steps := good["steps"].([]any)
	require.Equal(t, "field_traffic", steps[2].(map[string]any)["node"])
	require.Equal(t, "main", good["flow"].(map[string]any)["start"])
	require.Len(t, w.audit.lines(), 1, "nothing was done")
	w.refused(400, "bad_request", "POST /api/config/ivr/check", `{"text":"","pressed":"x"}`, in("minh"))
}

func TestWhereEmergenciesGoIsAnAdminsWhoConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	from, to := "agency:", "agency: Tổng đài #"
	if text := w.json(200, "GET /api/config/emergency", "", in("admin"))["text"].(string); !strings.Contains(text, from) {
		from, to = text[:1], "# thử\n"+text[:1]
	}
	w.save(403, "minh", "emergency", from, to, `,"confirm":"emergency.yaml"`)
	problem := w.save(400, "admin", "emergency", from, to)["error"].(map[string]any)
	require.Equal(t, "confirm", problem["code"])
	w.save(400, "admin", "emergency", from, to, `,"confirm":"yes"`)
	require.Zero(t, w.docs.used)
	w.save(200, "admin", "emergency", from, to, `,"confirm":"emergency.yaml"`)
	require.Equal(t, 1, w.docs.used)
	require.Equal(t, []string{
		"minh config.save emergency refused not_allowed", "admin config.save emergency failed confirm", "admin config.save emergency failed confirm", "admin config.save emergency done",
	}, w.audit.lines())
}

func TestASaveThatCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(409, "changed", "PUT /api/config/ivr", `{"text":"a","base":"old","why":"x"}`, in("minh"))
	problem := w.save(409, "minh", "ivr", "wait: 5s", "wait: 5s")["error"].(map[string]any)
	require.Equal(t, "same", problem["code"])
	w.refused(400, "bad_request", "PUT /api/config/ivr", `{"text":"a","base":"old","why":" "}`, in("minh"))
	w.docs.err = errBroken
	problem = w.save(409, "minh", "ivr", "wait: 5s", "wait: 6s")["error"].(map[string]any)
	require.Equal(t, "not_taken", problem["code"])
	require.Contains(t, w.json(200, "GET /api/config/ivr", "", in("minh"))["text"], "wait: 5s")
}
