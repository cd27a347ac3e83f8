package asterisk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/asterisk"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// alone is what Asterisk does alone in tests: two destinations for a fire, a desk, and a
// joint centre for the police.
func alone() asterisk.Survival {
	return asterisk.Survival{
		LogDir: "/log", Passwords: map[string]string{"d1": "secret"},
		Keys: []asterisk.Key{{Digit: '1', Service: call.Police}, {Digit: '2', Service: call.Fire}, {Digit: '3', Service: call.Ambulance}},
		Plan: emergency.Plan{
			Services: []emergency.Service{
				{Key: "112", Vi: "Cứu nạn", Ladder: []emergency.Rung{{Kind: emergency.Number, Address: "112"}}},
				{Key: call.Police, Vi: "Công an", Joint: "112"},
				{Key: call.Fire, Vi: "Chữa cháy", Ladder: []emergency.Rung{
					{Kind: emergency.Number, Address: "114"}, {Kind: emergency.Mobile, Address: "0908123456"},
				}},
				{Key: call.Ambulance, Vi: "Cấp cứu", Ladder: []emergency.Rung{
					{Kind: emergency.Number, Address: "115"},
					{Kind: emergency.Number, Address: "02743555115", From: 17 * time.Hour, To: 7 * time.Hour},
				}},
			},
			Desks:   []emergency.Desk{{Name: "d1", Address: "127.0.0.1:5999"}},
			Headers: []emergency.Header{{Name: "Priority", Value: "emergency"}, {Name: "X-Hotline-Caller", Value: "{caller}"}},
			Caller:  emergency.AsHotline,
			Timing:  emergency.Timing{Next: 4 * time.Second, Ring: 20 * time.Second, Early: 20 * time.Second},
			Zone:    time.FixedZone("Asia/Ho_Chi_Minh", 7*3600),
		},
	}
}

func TestEachChangeMakesAVersionAndOldOnesStayWhileAsteriskRuns(t *testing.T) {
	t.Parallel()
	p := params(t)
	p.Survival = alone()
	require.NoError(t, asterisk.Render(p))
	first, err := p.Version()
	require.NoError(t, err)

	was := p
	require.NoError(t, asterisk.Update(p, was))
	versions, err := p.Versions()
	require.NoError(t, err)
	require.Equal(t, []string{first}, versions, "nothing has changed")

	old := time.Now().Add(-48 * time.Hour) // it has stood for long
	require.NoError(t, os.Chtimes(filepath.Join(p.EtcDir, "survival-"+first+".conf"), old, old))
	p.Survival.Plan.Timing.Next = 5 * time.Second
	require.NoError(t, asterisk.Update(p, was))
	second, err := p.Version()
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	versions, err = p.Versions()
	require.NoError(t, err)
	require.Equal(t, []string{second, first}, versions)
	text, err := os.ReadFile(filepath.Join(p.EtcDir, "extensions.conf"))
	require.NoError(t, err)
	require.Contains(t, string(text), `#include "survival-`+first+`.conf"`, "calls that are in it find their next step")
	require.NotContains(t, string(text), "(emergency-"+first, "and no new one gets there")

	require.NoError(t, os.Chtimes(filepath.Join(p.EtcDir, "survival-"+first+".conf"), old, old))
	require.NoError(t, asterisk.Update(p, p))
	versions, err = p.Versions()
	require.NoError(t, err)
	require.Equal(t, []string{second}, versions, "a day after the change nobody is in it")

	require.NoError(t, asterisk.Render(p), "Asterisk starts anew: no call is left")
	versions, err = p.Versions()
	require.NoError(t, err)
	require.Equal(t, []string{second}, versions)
}

func TestWhatTheSurvivalDialplanCannotHoldIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*asterisk.Survival){
		"no folder for logs":     func(s *asterisk.Survival) { s.LogDir = "" },
		"a number that is more":  func(s *asterisk.Survival) { s.Plan.Services[0].Ladder[0].Address = "112@trunk&PJSIP/1900" },
		"a desk that is more":    func(s *asterisk.Survival) { s.Plan.Desks[0].Name = "d1,20" },
		"a desk named trunk":     func(s *asterisk.Survival) { s.Plan.Desks[0].Name = "trunk" },
		"a desk far away":        func(s *asterisk.Survival) { s.Plan.Desks[0].Address = "me@x:5060" },
		"a desk for everybody":   func(s *asterisk.Survival) { s.Passwords = nil },
		"a header of two steps":  func(s *asterisk.Survival) { s.Plan.Headers[0].Value = "x\n same => n,Dial(PJSIP/1900@trunk)" },
		"a service that is none": func(s *asterisk.Survival) { s.Plan.Services[0].Key = "_X." },
		"a key to nowhere":       func(s *asterisk.Survival) { s.Keys[0].Service = "119" },
		"a key that is none":     func(s *asterisk.Survival) { s.Keys[0].Digit = 's' },
		"a desk that is not there": func(s *asterisk.Survival) {
			s.Plan.Services[0].Ladder[0] = emergency.Rung{Kind: emergency.AtDesk, Address: "d9"}
		},
	} {
		p := params(t)
		p.Survival = alone()
		spoil(&p.Survival)
		require.Error(t, asterisk.Render(p), name)
	}
}
