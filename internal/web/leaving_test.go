package web

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
)

func TestNobodyLeavesTooFewBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	w.desks.sit("minh")
	w.roster.say(roster.Answer{Verdict: roster.MustAsk, Left: 2, Vi: "Xin ý kiến trưởng ca.", En: "A shift lead must agree."})
	problem := w.refused(409, "too_few_left", "POST /api/desk/pause", `{"reason":"lunch"}`, as("t-lan"))
	require.Equal(t, "Xin ý kiến trưởng ca.", problem["vi"])
	require.Equal(t, "lan to pause", w.roster.last())
	for _, target := range []string{"DELETE /api/desk", "DELETE /api/session"} {
		w.refused(409, "too_few_left", target, "", as("t-lan"))
		require.Equal(t, "lan to leave", w.roster.last())
	}
	require.Empty(t, w.desks.log())
	w.json(200, "GET /api/session", "", as("t-lan"))

	// Leads decide for themselves, and for others.
	resp, _ := w.text("POST /api/desk/pause", `{"reason":"lunch"}`, as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	resp, _ = w.text("POST /api/roster/releases/lan", "", as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "release lan by minh", w.roster.last())
	w.roster.say(roster.Answer{Verdict: roster.MayGo})
	resp, _ = w.text("DELETE /api/desk", "", as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	w.roster.fail(ErrNotFound)
	w.refused(404, "not_found", "POST /api/roster/releases/nobody", "", as("t-minh"))
}
