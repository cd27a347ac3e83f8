package app

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/web"
)

// overTheWeb goes through all layers, from the request to the row: a swap, a leave and
// a hand-over as people make them.
func (o *office) overTheWeb() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	service, err := auth.New(o.db)
	require.NoError(t, err)
	server := web.New(web.Deps{
		Desks:  (*switchboard.Desks)(nil), // nobody sits
		Roster: o.s, Auth: service, ShiftOf: o.s.roster.ShiftOf, Log: o.s.log,
	})
	require.NoError(t, server.Start(ctx, "127.0.0.1:0"))
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		server.Stop()
	})
	tokens := map[call.AgentID]string{}
	ask := func(who call.AgentID, target, body string, status int) map[string]any {
		t.Helper()
		if tokens[who] == "" {
			role := auth.Agent
			if o.s.roster.Standing(o.s.now(), who) == roster.AnyShift {
				role = auth.Supervisor
			}
			tokens[who], err = service.NewToken(ctx, "test", string(who), role)
			require.NoError(t, err)
		}
		verb, path, _ := strings.Cut(target, " ")
		req, err := http.NewRequestWithContext(ctx, verb, "http://"+server.Addr()+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+tokens[who])
		resp, err := client.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close() //nolint:errcheck // read to its end
		data, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, status, resp.StatusCode, "%s: %s", target, data)
		var got map[string]any
		require.NoError(t, json.Unmarshal(data, &got))
		return got
	}
	const boss = "thu.nguyen"
	night := o.on("2026-11-26", "night")
	agent := night[0]

	// The plan: all of it for a lead, their own for an agent.
	require.Len(t, ask(boss, "GET /api/roster?from=2026-11-23&days=7", "", 200)["assignments"], 7*18)
	require.Len(t, ask(agent, "GET /api/roster?from=2026-11-23&days=7", "", 200)["assignments"], 6)
	ask(agent, "POST /api/roster/generate", `{"from":"2026-12-08","days":7}`, 403)
	short := ask(boss, "POST /api/roster/generate", `{"from":"2026-12-08","days":7,"apply":true}`, 200)["shortfall"].(map[string]any)
	require.Equal(t, [2]any{126.0, 126.0}, [2]any{short["wanted"], short["filled"]})
	require.Equal(t, "2026-12-14", ask(boss, "GET /api/roster?from=2026-12-08", "", 200)["planned_until"])

	// A swap with whoever can.
	partners := ask(agent, "GET /api/roster/partners?date=2026-11-26&shift=night", "", 200)["partners"].([]any)
	require.NotEmpty(t, partners)
	var to call.AgentID
	var take []byte
	for _, p := range partners {
		if slots := p.(map[string]any)["take"].([]any); len(slots) > 0 {
			to = call.AgentID(p.(map[string]any)["agent"].(string))
			take, err = json.Marshal(slots[0])
			require.NoError(t, err)
		}
	}
	body := `{"to":"` + string(to) + `","give":{"date":"2026-11-26","shift":"night"},"take":` + string(take) + `}`
	id := ask(agent, "POST /api/roster/swaps", body, 201)["id"].(string)
	ask(agent, "POST /api/roster/swaps/"+id+"/accept", "", 403)
	ask(to, "POST /api/roster/swaps/"+id+"/accept", "", 200)
	require.Equal(t, "approved", ask(boss, "POST /api/roster/swaps/"+id+"/approve", "", 200)["state"])
	require.Contains(t, o.on("2026-11-26", "night"), to)
	ask(agent, "POST /api/roster/swaps", body, 409)

	// A leave strikes shifts; the hole is filled by the rules, or against them with force.
	leave := ask(to, "POST /api/roster/leaves", `{"from":"2026-11-26","to":"2026-11-26","kind":"sick","reason":"ốm"}`, 201)
	require.Len(t, ask(boss, "POST /api/roster/leaves/"+leave["id"].(string)+"/approve", "", 200)["struck"], 1)
	path := " /api/roster/assignments/2026-11-26/night/" + string(to)
	refused := ask(boss, "PUT"+path, `{}`, 409)["error"].(map[string]any)
	require.Equal(t, "rules_broken", refused["code"])
	require.Contains(t, refused["vi"], "nghỉ phép")
	require.Equal(t, true, ask(boss, "PUT"+path, `{"force":true}`, 200)["assignment"].(map[string]any)["forced"])
	require.Equal(t, true, ask(boss, "GET /api/roster/changes", "", 200)["changes"].([]any)[0].(map[string]any)["forced"])
	ask(boss, "DELETE"+path, "", 200)
	require.NotEmpty(t, ask(boss, "GET /api/roster/substitutes?date=2026-11-26&shift=night", "", 200)["substitutes"])

	// The hand-over, and who was there.
	morning := o.on("2026-11-23", "morning")[0]
	noon := o.on("2026-11-23", "afternoon")[0]
	ask(morning, "POST /api/roster/sheets/2026-11-23/morning/notes", `{"text":"Mất điện ở Lái Thiêu"}`, 200)
	o.look("2026-11-23 14:00:00")
	require.Equal(t, "open", ask(noon, "GET /api/roster/sheets", "", 200)["last"].(map[string]any)["state"])
	ask(noon, "POST /api/roster/sheets/2026-11-23/morning/take", "", 409)
	ask(morning, "POST /api/roster/sheets/2026-11-23/morning/sign", "", 200)
	require.Equal(t, "written", ask(noon, "POST /api/roster/sheets/2026-11-23/morning/take", "", 200)["state"])
	shifts := ask(boss, "GET /api/roster/attendance?date=2026-11-23", "", 200)["shifts"].([]any)
	require.Len(t, shifts, 3)
	require.Equal(t, "absent", shifts[0].(map[string]any)["people"].([]any)[0].(map[string]any)["state"])
	ask(boss, "GET /api/roster/alarms", "", 200)
	ask(morning, "GET /api/roster/alarms", "", 403)
}
