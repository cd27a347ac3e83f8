package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/emergency/tally"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/wallboard"
	"hotline1022/internal/web/openapi"
)

func theDocument(t *testing.T) *openapi3.T {
	t.Helper()
	data, err := openapi.JSON()
	require.NoError(t, err)
	document, err := openapi3.NewLoader().LoadFromData(data)
	require.NoError(t, err)
	return document
}

// documented says whether an address belongs into the document: all but pages, which are
// for people, and what only answers that there is nothing.
func documented(pattern string) bool {
	_, path, ok := strings.Cut(pattern, " ")
	return ok && slices.ContainsFunc([]string{"/api/", "/healthz", "/sip/", "/phieu/"}, func(start string) bool { return strings.HasPrefix(path, start) })
}

// What is not in internal/web/openapi/openapi.yaml is not there, and what is there is so.
func TestEveryRouteIsInTheDocumentWithItsPermission(t *testing.T) {
	t.Parallel()
	document := theDocument(t)
	left := map[string]bool{}
	for path, item := range document.Paths.Map() {
		for method := range item.Operations() {
			left[method+" "+path] = true
		}
	}
	for _, r := range newWorld(t).server.site.routes() {
		if !documented(r.pattern) {
			continue
		}
		method, path, _ := strings.Cut(strings.ReplaceAll(r.pattern, "{$}", ""), " ")
		item := document.Paths.Value(path)
		require.NotNil(t, item, "%s is not in openapi.yaml", r.pattern)
		operation := item.GetOperation(method)
		require.NotNil(t, operation, "%s is not in openapi.yaml", r.pattern)
		need, _ := operation.Extensions["x-permission"].(string)
		require.Equal(t, fmt.Sprint(r.need), need, "the permission of %s", r.pattern)
		require.Equal(t, r.need == anyone, operation.Security != nil && len(*operation.Security) == 0, "whether %s takes a sign-in", r.pattern)
		require.NotEmpty(t, operation.Summary, r.pattern)
		delete(left, method+" "+path)
	}
	require.Empty(t, left, "in openapi.yaml, and no address")
}

// busy gives a world in which things are going on, so that replies have everything.
func busy(w *world, _ *pace) {
	w.deps.Live = func(now time.Time) any {
		within := []wallboard.Within{{Ms: 15000}}
		return struct {
			wallboard.Live
			Emergency map[string]any `json:"emergency"`
		}{wallboard.Live{
			At: now.UTC(), Queues: []wallboard.QueueFigures{{Queue: "field", Group: call.Field, Today: wallboard.LineToday{Within: within}}},
			Desks: []wallboard.Desk{{Agent: "lan", State: "talking", Since: now.UTC()}}, Today: wallboard.Today{Within: within},
			Staffing: &wallboard.Staffing{At: now.UTC(), Reason: "short"}, Usual: &wallboard.Usual{}, Limits: config.Wall{}, System: []wallboard.Part{{Name: "disk", FreePercent: new(int)}},
		}, map[string]any{"handovers": []any{}, "callbacks": DutyViews([]duty.Duty{{Call: "bd1-1.1"}}, now), "alarms": []any{}, "drill": nil, "today": tally.Today{}}}
	}
	w.audit.Write(audit.Entry{ID: "a0", At: someTime.UTC(), Who: "minh", Act: "notice.put", Result: audit.Done, Detail: map[string]string{"why": "x"}})
}

// sit lets everybody sit, and lan talk.
func (w *world) sit() {
	for _, id := range []string{"lan", "ca", "minh", "admin"} {
		w.desks.sit(callAgent(id))
	}
	o := switchboard.OfferInfo{ID: "o1", Call: "bd1-1.1", Caller: "+84908123456", Topic: call.Topic{Group: call.Field}, From: "hoa", RecordingOff: someTime, QueuedAt: someTime}
	w.desks.set("lan", func(s *switchboard.DeskState) {
		s.Offer = &o
		s.Talk = &switchboard.TalkInfo{Call: "bd1-1.1", Parties: []switchboard.TalkParty{{Leg: "o2", Agent: "hoa"}}}
		s.Kept = &switchboard.Kept{Offer: o, Until: someTime}
	})
}

// Every address of the access table answers each role as the document says: what it is
// made of, and that there is nothing else in it.
func TestRepliesAreAsTheDocumentSays(t *testing.T) {
	t.Parallel()
	document := theDocument(t)
	for pattern, row := range accessTable() {
		if !documented(pattern) || strings.HasSuffix(pattern, "/events") || strings.HasPrefix(pattern, "GET /sip/") {
			continue
		}
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(strings.ReplaceAll(pattern, "{$}", ""), " ")
			item := document.Paths.Value(path)
			require.NotNil(t, item)
			operation := item.GetOperation(method)
			for _, who := range []string{"lan", "minh", "admin", "audit", ""} {
				w := newWorld(t, busy)
				w.sit()
				if strings.Contains(pattern, "/api/config") {
					w.save(200, "minh", "ivr", "wait: 5s", "wait: 6s") // a history
				}
				var changes []func(*http.Request)
				if who != "" {
					changes = append(changes, in(who))
				}
				resp := w.do(row.target, row.body, changes...) //nolint:bodyclose // do closes it
				data, err := io.ReadAll(resp.Body)
				require.NoError(t, err)
				require.NoError(t, openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
					RequestValidationInput: &openapi3filter.RequestValidationInput{
						Request: resp.Request, Route: &routers.Route{Spec: document, Path: path, PathItem: item, Method: method, Operation: operation},
					},
					Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(bytes.NewReader(data)),
					Options: &openapi3filter.Options{IncludeResponseStatus: true},
				}), "%s as %q: mend openapi.yaml, or the reply\n%.500s", row.target, who, data)
			}
		})
	}
}

// Every field that the document has of a body is one that the address takes.
func TestBodiesAreTakenAsTheDocumentSays(t *testing.T) {
	t.Parallel()
	document := theDocument(t)
	table := accessTable()
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			if operation.RequestBody == nil || operation.RequestBody.Value.Content["application/json"] == nil {
				continue
			}
			pattern := method + " " + path
			t.Run(pattern, func(t *testing.T) {
				t.Parallel()
				row := table[pattern]
				if row.body != "" {
					var value any
					require.NoError(t, json.Unmarshal([]byte(row.body), &value))
					require.NoError(t, operation.RequestBody.Value.Content["application/json"].Schema.Value.VisitJSON(value, openapi3.EnableJSONSchema2020()), row.body)
				}
				body, err := json.Marshal(sample(operation.RequestBody.Value.Content["application/json"].Schema.Value))
				require.NoError(t, err)
				w := newWorld(t)
				w.sit()
				_, said := w.text(row.target, string(body), in("admin"))
				require.NotContains(t, said, "There is no field", "%s", body)
				require.NotContains(t, said, "cannot be a", "%s", body)
			})
		}
	}
}

// sample is a value of the shape, with all of its fields.
func sample(s *openapi3.Schema) any {
	switch {
	case len(s.OneOf) > 0:
		return sample(s.OneOf[0].Value)
	case len(s.Enum) > 0:
		return s.Enum[len(s.Enum)-1]
	case s.Type.Is("object"):
		all := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			all[name] = sample(s.Properties[name].Value)
		}
		return all
	case s.Type.Is("array"):
		return []any{sample(s.Items.Value)}
	case s.Type.Is("integer"), s.Type.Is("number"):
		return 1
	case s.Type.Is("boolean"):
		return true
	case s.Format == "date":
		return "2026-12-01"
	case s.Format == "date-time":
		return "2026-12-01T00:00:00Z"
	}
	return "x"
}

func TestTheDocumentIsServed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, text := w.text("GET /api/openapi.json", "")
	require.Contains(t, text, `"openapi":"3.1.0"`)
	resp, page := w.text("GET /api/docs", "")
	require.Equal(t, "text/html; charset=utf-8", resp.Header.Get("Content-Type"))
	require.Contains(t, page, "PUT</span> <code>/api/config/{document}</code>")
}

// The roles of the manual are those that are obeyed.
func TestTheManualHasTheTableOfRoles(t *testing.T) {
	t.Parallel()
	for _, p := range auth.Admin.May() {
		line := "| `" + string(p) + "`: "
		require.Contains(t, string(manual), line)
		_, rest, _ := strings.Cut(string(manual), line)
		cells := strings.Split(strings.SplitN(rest, "\n", 2)[0], "|")
		for i, role := range auth.Roles() {
			require.Equal(t, p.MetBy(role), strings.TrimSpace(cells[i+1]) == "yes", "%s may %s", role, p)
		}
	}
}
