package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/emergency"
)

// destinations has one of everything that emergency.yaml may hold.
const destinations = `next_after: 10s
caller: citizen
headers: {X-Hotline-Caller: "{caller}"}
test: "02743822999"
desks:
  khan1: {vi: Bàn 1, en: Desk 1, address: 10.1.0.21:5060}
services:
  "112":
    vi: Cứu nạn
    en: Rescue
    ladder:
      Trung tâm: {number: "112"}
      Chỉ huy: {mobile: "0908123456", hours: {from: "17:00", to: "07:00"}}
      Bàn: {desk: khan1}
    areas: {"25747": {Đội: {number: "02743555114"}}}
  "113": {vi: Công an, en: Police, joint: "112"}
  "114": {vi: Chữa cháy, en: Fire, joint: "112"}
  "115": {vi: Cấp cứu, en: Ambulance, ladder: {Trung tâm: {number: "115"}}}
`

// withDestinations is a folder of the shipped files, with a way out and these destinations.
func withDestinations(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	path := filepath.Join(dir, "hotline.yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), "  # out: ", "  out: ", 1)), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "emergency.yaml"), []byte(text), 0o600))
	return dir
}

func TestDestinationsAreRead(t *testing.T) {
	t.Parallel()
	c, err := config.Load(withDestinations(t, destinations))
	require.NoError(t, err)
	p := c.Emergency
	require.Equal(t, 10*time.Second, p.Timing.Next)
	require.Equal(t, emergency.AsCitizen, p.Caller)
	require.Equal(t, []emergency.Header{{Name: "X-Hotline-Caller", Value: "{caller}"}}, p.Headers)
	fire, ok := p.Service(call.Fire)
	require.True(t, ok)
	require.Equal(t, []emergency.Rung{
		{Kind: emergency.Number, Address: "112", Name: "Trung tâm"},
		{Kind: emergency.Mobile, Address: "0908123456", Name: "Chỉ huy", From: 17 * time.Hour, To: 7 * time.Hour},
		{Kind: emergency.AtDesk, Address: "khan1", Name: "Bàn"},
	}, fire.Ladder)
	require.Equal(t, "25747", fire.Areas[0].Key)
}

func TestEachFaultOfTheDestinationsIsTold(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ old, replacement, want string }{
		"a loop to ourselves":       {`{number: "115"}`, `{number: "+842741022"}`, `emergency.yaml:18: "+842741022" is the hotline itself, and the call would come back here; write`},
		"a loop, written otherwise": {`{number: "115"}`, `{number: "02741022"}`, `is the hotline itself`},
		"no service for a number":   {`  "113": {vi: Công an, en: Police, joint: "112"}` + "\n", "", `emergency.yaml:7: there is no service 113; add it, for people dial that number`},
		"no destination":            {`, ladder: {Trung tâm: {number: "115"}}`, "", `emergency.yaml:18: service 115 has no destination; write`},
		"an empty ladder":           {`ladder: {Trung tâm: {number: "115"}}`, `ladder: {}`, `emergency.yaml:18: service 115 has no destination that can be reached at any hour`},
		"only by day":               {`{number: "115"}`, `{number: "115", hours: {from: "07:00", to: "17:00"}}`, `emergency.yaml:18: service 115 has no destination that can be reached at any hour; add`},
		"an area that is closed":    {`{number: "02743555114"}`, `{number: "02743555114", hours: {from: "07:00", to: "17:00"}}`, `emergency.yaml:15: area 25747 of service 112 has no destination`},
		"joint with nobody":         {`en: Police, joint: "112"`, `en: Police, joint: "111"`, `service 113 has joined 111, which is not here`},
		"joint in a ring":           {`en: Police, joint: "112"`, `en: Police, joint: "114"`, `service 113 has joined 114, which has joined another itself`},
		"joint, and its own":        {`en: Police, joint: "112"`, `en: Police, joint: "112", ladder: {A: {number: "113"}}`, `emergency.yaml:16: service 113 has joined 112 and has a ladder of its own`},
		"a desk that is not there":  {`{desk: khan1}`, `{desk: khan2}`, `emergency.yaml:14: there is no desk "khan2"; add it`},
		"two kinds":                 {`{desk: khan1}`, `{desk: khan1, number: "113"}`, `emergency.yaml:14: destination "Bàn" must have one of number, mobile and desk`},
		"twice":                     {`{desk: khan1}`, `{number: "112"}`, `emergency.yaml:14: service 112 calls "112" twice`},
		"no mobile":                 {`"0908123456"`, `"114"`, `emergency.yaml:13: "114" is no mobile number`},
		"no number":                 {`{number: "115"}`, `{number: "115@x"}`, `emergency.yaml:18: "115@x" is no number`},
		"no desk's name":            {`khan1: {vi`, `trunk: {vi`, `emergency.yaml:6: the desk "trunk" is no name of an account`},
		"no address":                {`10.1.0.21:5060`, `10.1.0.21`, `emergency.yaml:6: "10.1.0.21" is no address`},
		"SIP's own header":          {`X-Hotline-Caller: `, `Contact: `, `emergency.yaml:3: the header Contact is SIP's own; remove it`},
		"a header that breaks out":  {`"{caller}"}`, `"{caller},1)"}`, `emergency.yaml:3: the value of the header X-Hotline-Caller cannot be sent as it is`},
		"a header of two lines":     {`"{caller}"}`, `"a\r\nRoute: x"}`, `emergency.yaml:3: the value of the header X-Hotline-Caller cannot be sent`},
		"drills ring somebody":      {`test: "02743822999"`, `test: "02743555114"`, `emergency.yaml:4: drills would call "02743555114", which is a destination of 112`},
		"whose number":              {`caller: citizen`, `caller: nobody`, `emergency.yaml:2: the caller "nobody" is none; write hotline or citizen`},
		"rings too short":           {`next_after: 10s`, `next_after: 50s` + "\n" + `ring_time: 20s`, `emergency.yaml:2: a destination rings for 20s, but the next is rung after 50s`},
		"a trial with a way out":    {`next_after: 10s`, `trial: true`, `emergency.yaml:1: this is a trial, but hotline.yaml has a way out`},
		"a service without words":   {`  "115": {`, `  "116": {vi: x, en: y, joint: "112"}` + "\n" + `  "115": {`, `the service 116 needs the prompt "emg_transfer_116", which is missing in language vi`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, destinations, tt.old)
			_, err := config.Load(withDestinations(t, strings.Replace(destinations, tt.old, tt.replacement, 1)))
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestWithoutAWayOutThereMustBeADeskOrATrial(t *testing.T) {
	t.Parallel()
	dir := withDestinations(t, strings.Replace(destinations, "next_after: 10s", "next_after: 11s", 1))
	shipped, err := os.ReadFile("../../configs/hotline.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hotline.yaml"), shipped, 0o600))
	_, err = config.Load(dir)
	require.ErrorContains(t, err, `service 115 has no destination that can be reached at any hour; set sip.out in hotline.yaml`)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "emergency.yaml"), []byte("trial: true\n"+destinations), 0o600))
	_, err = config.Load(dir)
	require.NoError(t, err)
}

func TestAKeyMayNotLeadToAServiceThatIsNotThere(t *testing.T) {
	t.Parallel()
	dir := withDestinations(t, destinations)
	c, err := config.Load(dir)
	require.NoError(t, err)
	path := filepath.Join(dir, "ivr.yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), `service: "114"`, `service: "119"`, 1)), 0o600))
	_, err = c.Reread()
	require.ErrorContains(t, err, `there is no service "119"`)
	require.ErrorContains(t, err, "ivr.yaml:")
}

func TestDestinationsAreReadAnew(t *testing.T) {
	t.Parallel()
	dir := withDestinations(t, destinations)
	c, err := config.Load(dir)
	require.NoError(t, err)
	before := c.Emergency
	require.NoError(t, os.WriteFile(filepath.Join(dir, "emergency.yaml"), []byte(strings.Replace(destinations, "10s", "15s", 1)), 0o600))
	fresh, err := c.Reread()
	require.NoError(t, err)
	require.Equal(t, 15*time.Second, fresh.Emergency.Timing.Next)
	require.Equal(t, before, c.Emergency)
}
