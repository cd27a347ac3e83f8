package web

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
	"hotline1022/internal/ticket"
)

const anArticle = `{"title":"Khai tử","body":"Nộp tại xã.","group":"procedure","field":"","status":"published","version":1}`

// formAccess says who may use forms, files and articles.
func formAccess() map[string]accessRow {
	readers := func(target string) accessRow {
		return accessRow{target, "", 401, 200, 200, 200, 200, 403, 200, 200, 200}
	}
	return map[string]accessRow{
		"GET /api/desk/draft":                      byDesk("GET /api/desk/draft", "", 200),
		"PUT /api/desk/draft":                      byDesk("PUT /api/desk/draft", `{"call":"c-1.1","seq":1,"form":{"note":"x"}}`, 200),
		"POST /api/tickets/{code}/attachments":     byStaff("POST /api/tickets/2632800017/attachments?name=a.png", png, 201),
		"GET /api/tickets/{code}/attachments/{id}": byStaff("GET /api/tickets/2632800017/attachments/f1", "", 200),
		"GET /api/articles":                        readers("GET /api/articles"),
		"GET /api/articles/{id}":                   readers("GET /api/articles/birth"),
		"GET /api/articles/{id}/versions":          {"GET /api/articles/birth/versions", "", 401, 403, 403, 200, 200, 403, 403, 200, 200},
		"POST /api/articles":                       {"POST /api/articles", anArticle, 401, 403, 403, 201, 201, 403, 403, 201, 403},
		"PUT /api/articles/{id}":                   {"PUT /api/articles/birth", anArticle, 401, 403, 403, 200, 200, 403, 403, 200, 403},
	}
}

func TestADraftIsKeptUntilItsFormIsSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Nil(t, w.json(200, "GET /api/desk/draft", "", as("t-lan"))["draft"])
	body := `{"call":"bd1-1.1","seq":2,"form":{"ticket":"2632800017","group":"field","field":"traffic","citizen":"Ông Ba","place":{"said":"12 Yersin","located":true,"lat":10.97,"lon":106.66},"note":"Nắp cống"}}`
	require.NotEmpty(t, w.json(200, "PUT /api/desk/draft", body, as("t-lan"))["saved_at"])
	w.refused(409, "draft_over", "PUT /api/desk/draft", body, as("t-lan")) // the same again, or an older one
	draft, ok := w.json(200, "GET /api/desk/draft", "", as("t-lan"))["draft"].(map[string]any)
	require.True(t, ok)
	form, ok := draft["form"].(map[string]any)
	require.True(t, ok)
	require.Equal(t, "Nắp cống", form["note"])
	require.Nil(t, w.json(200, "GET /api/desk/draft", "", as("t-minh"))["draft"], "a draft is its agent's own")
	w.refused(400, "bad_request", "PUT /api/desk/draft", `{"call":"","seq":1,"form":{}}`, as("t-lan"))
	w.refused(400, "bad_request", "PUT /api/desk/draft", `{"call":"c","seq":0,"form":{}}`, as("t-lan"))

	w.desks.sit("lan")
	wrapUp := `{"call":"bd1-1.1","group":"field","field":"traffic","note":"Nắp cống","citizen":" Ông Ba ","place":{"said":"12 Yersin","located":true,"lat":10.97,"lon":106.66},"ready":true}`
	resp, text := w.text("POST /api/desk/wrap-up", wrapUp, as("t-lan"))
	require.Equal(t, 204, resp.StatusCode, text)
	require.Equal(t, []call.ID{"bd1-1.1"}, w.forms.closed)
	require.Equal(t, "Ông Ba", w.desks.form.Citizen)
	require.Equal(t, call.Place{Said: "12 Yersin", Located: true, Lat: 10.97, Lon: 106.66}, w.desks.form.Place)
	w.refused(400, "bad_request", "POST /api/desk/wrap-up", strings.Replace(wrapUp, "10.97", "110.97", 1), as("t-lan"))
	w.refused(400, "bad_request", "POST /api/desk/wrap-up", strings.Replace(wrapUp, "12 Yersin", strings.Repeat("x", 501), 1), as("t-lan"))
}

func TestAFormIsSavedWhileItsDraftCannotBeForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.forms.err = errBroken
	w.refused(503, "not_ready", "PUT /api/desk/draft", `{"call":"c","seq":1,"form":{}}`, as("t-lan"))
	resp, _ := w.text("POST /api/desk/wrap-up", `{"call":"c","group":"field","field":"","note":"","ready":true}`, as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	require.Contains(t, w.log.String(), "the draft of a form that is saved stays")
}

func TestFilesAreTakenByWhatTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	to := "POST /api/tickets/2632800017/attachments?name="
	kept := w.json(201, to+"../..%5Cn%E1%BA%AFp.exe", png, as("t-lan"))
	require.Equal(t, "nắp.png", kept["name"], "a name ends in what the file is")
	require.Equal(t, "image/png", kept["type"])
	require.Equal(t, "lan", kept["by"])
	w.refused(400, "bad_request", to+"a.png", "<!doctype html><script>alert(1)</script>", as("t-lan"))
	w.refused(400, "bad_request", to+"a.png", "", as("t-lan"))
	w.refused(400, "bad_request", to+"a.png", png+strings.Repeat("x", ticket.LongestAttachment), as("t-lan"))
	w.refused(404, "not_found", "POST /api/tickets/2632800018/attachments", png, as("t-lan"))
	w.forms.err = ErrTooManyFiles
	w.refused(409, "too_many_files", to+"a.png", png, as("t-lan"))

	resp, text := w.text("GET /api/tickets/2632800017/attachments/f1", "", as("t-lan"))
	require.Equal(t, png, text)
	require.Equal(t, "image/png", resp.Header.Get("Content-Type"))
	require.Equal(t, "attachment; filename*=utf-8''n%E1%BA%AFp%20c%E1%BB%91ng.png", resp.Header.Get("Content-Disposition"))
	resp, _ = w.text("GET /api/tickets/2632800017/attachments/f1?show=1", "", as("t-lan"))
	require.Contains(t, resp.Header.Get("Content-Disposition"), "inline")
	w.refused(404, "not_found", "GET /api/tickets/2632800018/attachments/f1", "", as("t-lan"))
	require.Equal(t, "tep.png", fileName("...", ".png"))
	require.Equal(t, strings.Repeat("x", longestFileName)+".png", fileName(strings.Repeat("x", 300), ".png"))
}

func TestAgentsFindWhatIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.json(200, "GET /api/articles?q=khai+sinh&status=draft&near_group=field&near_field=traffic", "", as("t-lan"))
	require.Equal(t, knowledge.Filter{
		Search: "khai sinh", Status: knowledge.Published, Near: call.Topic{Group: call.Field, Field: "traffic"}, Limit: longestArticleList,
	}, w.articles.asked())
	w.json(200, "GET /api/articles?status=draft", "", as("t-editor"))
	require.Equal(t, knowledge.Draft, w.articles.asked().Status)
	w.refused(404, "not_found", "GET /api/articles/plan", "", as("t-lan"))
	w.json(200, "GET /api/articles/plan", "", as("t-editor"))
	w.refused(400, "bad_request", "GET /api/articles?status=x", "", as("t-lan"))
	w.refused(400, "bad_request", "GET /api/articles?group=x", "", as("t-lan"))
}

func TestEditorsWriteArticles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.json(201, "POST /api/articles", anArticle, as("t-editor"))
	require.Equal(t, "Khai tử", made["title"])
	changed := w.json(200, "PUT /api/articles/new", strings.Replace(anArticle, "Khai tử", "Đăng ký khai tử", 1), as("t-editor"))
	require.Equal(t, "Đăng ký khai tử", changed["title"])
	require.EqualValues(t, 2, changed["version"])
	for _, wrong := range []string{
		strings.Replace(anArticle, "Khai tử", " ", 1), strings.Replace(anArticle, "Nộp tại xã.", "", 1),
		strings.Replace(anArticle, "procedure", "nonsense", 1), strings.Replace(anArticle, "published", "nonsense", 1),
		strings.Replace(anArticle, `"field":""`, `"field":"nonsense"`, 1),
	} {
		w.refused(400, "bad_request", "POST /api/articles", wrong, as("t-editor"))
	}
	w.articles.changed = knowledge.ErrChanged
	w.refused(409, "changed_meanwhile", "PUT /api/articles/new", anArticle, as("t-editor"))
	require.Len(t, w.json(200, "GET /api/articles/birth/versions", "", as("t-editor"))["versions"], 1)
}
