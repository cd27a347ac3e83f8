package fakeari_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

const filter = `{"allowed":[{"type":"ApplicationReplaced"},{"type":"StasisStart"},{"type":"StasisEnd"},{"type":"ChannelStateChange"},` +
	`{"type":"ChannelHangupRequest"},{"type":"ChannelDestroyed"},{"type":"ChannelDtmfReceived"},{"type":"PlaybackFinished"},` +
	`{"type":"RecordingFinished"},{"type":"RecordingFailed"}]}`

// script asks for everything that internal/ari asks for, rightly and wrongly, and
// returns what came of it.
func script(w *world) (came []string) {
	w.tb.Helper()
	step := func(what string, result string) { came = append(came, what+" -> "+result) }
	ask := func(verb, path string) { step(verb+" "+path, w.ask(verb, path)) }
	send := func(verb, path, body string) { step(verb+" "+path+" "+body, w.send(verb, path, body)) }
	told := func(what string, n int) { step(what, w.hears(n)) }
	toldTogether := func(what string, n int) {
		events := strings.Split(w.hears(n), "; ")
		slices.Sort(events)
		step(what, strings.Join(events, "; "))
	}

	// Who asks, and for what.
	req, err := http.NewRequest(http.MethodGet, w.url+"/asterisk/ping", nil)
	require.NoError(w.tb, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(w.tb, err)
	var said struct{ Message string }
	require.NoError(w.tb, json.NewDecoder(resp.Body).Decode(&said))
	require.NoError(w.tb, resp.Body.Close())
	step("no password", resp.Status+" "+said.Message+" "+resp.Header.Get("WWW-Authenticate"))
	ask("GET", "/asterisk/ping")
	ask("GET", "/nothing")
	ask("GET", "/events?app=hotline")

	// The application is there from the socket on.
	send("PUT", "/applications/hotline/eventFilter", filter)
	ask("GET", "/applications/hotline")
	w.connect()
	send("PUT", "/applications/hotline/eventFilter", `{"allowed":"x"}`)
	send("PUT", "/applications/hotline/eventFilter", `{"allowed":[{"kind":"x"}]}`)
	send("PUT", "/applications/hotline/eventFilter", `{"allowed":[]}`)
	send("PUT", "/applications/hotline/eventFilter", filter)
	ask("GET", "/applications/hotline")

	// Nothing is there yet.
	ask("GET", "/channels")
	ask("GET", "/bridges")
	ask("GET", "/channels/t1-1.1")
	ask("DELETE", "/channels/t1-1.1?reason=normal")
	ask("POST", "/channels/t1-1.1/dial?timeout=5")
	ask("POST", "/channels/t1-1.1/moh")
	ask("DELETE", "/channels/t1-1.1/moh")
	ask("POST", "/channels/t1-1.1/play/t1-1.1-p1?media=sound:x")
	ask("POST", "/channels/t1-1.1/variable?variable=X&value=1")
	ask("DELETE", "/playbacks/t1-1.1-p1")
	ask("DELETE", "/bridges/t1-1.1-b")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")

	// A citizen arrives.
	w.arrive("t1-1.1")
	told("the citizen arrives", 1)
	ask("GET", "/channels/t1-1.1")
	ask("POST", "/channels/t1-1.1/moh")
	ask("DELETE", "/channels/t1-1.1/moh")
	ask("POST", "/channels/t1-1.1/variable?variable="+url.QueryEscape("TIMEOUT(absolute)")+"&value=60.000")
	ask("POST", "/channels/t1-1.1/variable?value=60.000")
	ask("DELETE", "/channels/t1-1.1?reason=nonsense")
	w.press("t1-1.1", "2")
	told("the citizen presses 2", 1)

	ask("GET", "/channels/t1-9.9/rtp_statistics")

	// Prompts, one behind the other.
	media := "?media=" + url.QueryEscape(w.prompt)
	step("play", w.ask("POST", "/channels/t1-1.1/play/t1-1.1-p1"+media)[:3])
	step("play", w.ask("POST", "/channels/t1-1.1/play/t1-1.1-p2"+media)[:3])
	ask("POST", "/channels/t1-1.1/play/t1-1.1-p3")
	ask("DELETE", "/playbacks/t1-1.1-p1")
	told("the first is stopped", 1)
	ask("DELETE", "/playbacks/t1-1.1-p1")
	ask("DELETE", "/playbacks/t1-1.1-p2")
	told("the second is stopped", 1)

	// A bridge.
	ask("POST", "/bridges/t1-1.1-b?type=mixing&name=t1-1.1-b")
	ask("POST", "/bridges/t1-1.1-b?type=mixing&name=t1-1.1-b")
	ask("POST", "/bridges/t1-1.1-b/addChannel")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-9.9")
	ask("POST", "/bridges/t1-1.1-b/removeChannel?channel=t1-9.9")
	ask("POST", "/bridges/t1-1.1-b/removeChannel?channel=t1-1.1")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")
	ask("GET", "/bridges")
	step("record", w.ask("POST", "/channels/t1-1.1/record?name=t1-1.1-m0&format=wav&maxDurationSeconds=60")[:3]) // may have failed already
	told("in a bridge nothing is recorded", 1)
	ask("POST", "/bridges/t1-1.1-b/removeChannel?channel=t1-1.1")

	// A message: no stop is heard before it begins.
	message := "/channels/t1-1.1/record?name=t1-1.1-m1&format=wav&maxDurationSeconds=60&maxSilenceSeconds=30&ifExists=fail&terminateOn=none"
	ask("POST", "/channels/t1-9.9/continue?context=hotline&extension=part&priority=1")
	ask("POST", "/channels/t1-9.9/record?name=t1-9.9-m1&format=wav")
	ask("POST", "/channels/t1-1.1/record?format=wav")
	ask("POST", "/channels/t1-1.1/record?name=t1-1.1-m1&format=nonsense")
	ask("GET", "/recordings/live/t1-1.1-m1")
	ask("POST", "/recordings/live/t1-1.1-m1/stop")
	step("play", w.ask("POST", "/channels/t1-1.1/play/t1-1.1-p3"+media)[:3])
	ask("POST", message)
	ask("POST", message)
	ask("GET", "/recordings/live/t1-1.1-m1")
	ask("POST", "/recordings/live/t1-1.1-m1/stop")
	ask("GET", "/recordings/live/t1-1.1-m1")
	ask("POST", "/recordings/live/t1-1.1-m1/stop")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")
	ask("DELETE", "/playbacks/t1-1.1-p3")
	told("the prompt is stopped", 1)
	require.Eventually(w.tb, func() bool { return w.ask("GET", "/recordings/live/t1-1.1-m1") == "200 recording" }, 10*time.Second, 5*time.Millisecond)
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")
	ask("POST", "/recordings/live/t1-1.1-m1/stop")
	told("the message is stopped", 1)
	require.Eventually(w.tb, func() bool { // the end is told before it is forgotten
		return w.ask("GET", "/recordings/live/t1-1.1-m1") != "200 done"
	}, 10*time.Second, 5*time.Millisecond)
	ask("GET", "/recordings/live/t1-1.1-m1")
	ask("POST", "/recordings/live/t1-1.1-m1/stop")
	ask("POST", message)
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1")

	// A desk's leg that is answered.
	ask("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1")
	ask("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1&endpoint=nonsense")
	ask("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1&endpoint=PJSIP/nobody")
	ask("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1&endpoint=Nonsense/x")
	ask("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1&endpoint=PJSIP/0908123456@nobody")
	send("POST", "/channels/create?app=hotline&channelId=t1-1.1-o1&endpoint=Local/s@survival", "nonsense")
	step("create", w.create("t1-1.1-o1", true))
	told("the desk's leg is made", 1)
	ask("POST", "/channels/t1-1.1-o1/moh")
	ask("POST", "/channels/t1-1.1-o1/play/t1-1.1-p4?media=sound:x")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1-o1")
	ask("POST", "/channels/t1-1.1-o1/dial?timeout=60")
	w.dialed("t1-1.1-o1", true)
	told("the desk answers", 1)
	ask("POST", "/channels/t1-1.1-o1/dial?timeout=60")
	ask("GET", "/bridges")
	ask("GET", "/channels")

	// A supervisor listens. What listens ends with what it listens to.
	snoop := "/channels/t1-1.1-o1/snoop/t1-1.1-s1?app=hotline&appArgs=snoop"
	ask("POST", "/channels/t1-9.9/snoop/t1-1.1-s1?app=hotline&appArgs=snoop&spy=both")
	ask("POST", snoop)
	ask("POST", snoop+"&spy=nonsense")
	ask("POST", snoop+"&spy=both&whisper=nonsense")
	ask("POST", "/channels/t1-1.1-o1/snoop/t1-1.1-s1?spy=both")
	step("snoop", w.ask("POST", snoop+"&spy=both&whisper=none")[:3]) // may be in Stasis already
	told("it enters", 1)
	ask("POST", snoop+"&spy=both&whisper=none")
	ask("POST", "/bridges/t1-1.1-b/addChannel?channel=t1-1.1-s1")
	ask("POST", "/bridges/t1-1.1-b/removeChannel?channel=t1-1.1-s1")
	ask("DELETE", "/channels/t1-1.1-s1")
	told("it is ended", 2)
	step("snoop", w.ask("POST", "/channels/t1-1.1-o1/snoop/t1-1.1-s2?app=hotline&appArgs=snoop&spy=both&whisper=out")[:3])
	told("another enters", 1)

	// The desk's leg is told of to its destruction, the citizen's only until it leaves.
	ask("DELETE", "/channels/t1-1.1-o1?reason=busy")
	toldTogether("the desk's leg ends", 4)
	step("play", w.ask("POST", "/channels/t1-1.1/play/t1-1.1-p5"+media)[:3])
	w.hangUp("t1-1.1")
	told("the citizen hangs up", 3)
	ask("GET", "/bridges")
	ask("DELETE", "/bridges/t1-1.1-b")

	// A desk's leg that is refused.
	step("create", w.create("t1-2.1-o1", false))
	told("the leg is made", 1)
	ask("POST", "/channels/t1-2.1-o1/dial?timeout=60")
	w.dialed("t1-2.1-o1", false)
	step("the desk refuses", strings.TrimRight(w.hears(3), "0123456789")) // a Local channel may lose the cause

	// A leg to an outside number.
	ask("POST", "/channels/create?app=hotline&appArgs=outside&channelId=t1-2.1-o2&endpoint=PJSIP/0908123456@trunk")
	told("the leg is made", 1)
	ask("POST", "/channels/t1-2.1-o2/moh")

	// The recording goes on in its second part: the citizen leaves and returns.
	w.arrive("t1-4.1")
	told("the citizen arrives", 1)
	ask("POST", "/channels/t1-4.1/variable?variable=HOTLINE_PART&value=2")
	step("play", w.ask("POST", "/channels/t1-4.1/play/t1-4.1-p1"+media)[:3])
	ask("POST", "/channels/t1-4.1/continue?context=hotline&extension=part&priority=1")
	ask("DELETE", "/playbacks/t1-4.1-p1")
	told("leaves and returns", 3)
	w.hangUp("t1-4.1")
	told("the citizen hangs up", 2)

	// A lease runs out.
	w.arrive("t1-3.1")
	told("the citizen arrives", 1)
	ask("POST", "/bridges/t1-3.1-b?type=mixing&name=t1-3.1-b")
	w.takeBack("t1-3.1")
	told("the lease runs out", 1)
	ask("POST", "/channels/t1-3.1/continue?context=hotline&extension=part&priority=1")
	ask("POST", "/channels/t1-3.1/record?name=t1-3.1-m1&format=wav")
	ask("GET", "/channels/t1-3.1")
	ask("POST", "/channels/t1-3.1/moh")
	ask("POST", "/channels/t1-3.1/dial?timeout=5")
	ask("POST", "/bridges/t1-3.1-b/addChannel?channel=t1-3.1")
	ask("DELETE", "/channels/t1-3.1?reason=normal")
	ask("DELETE", "/bridges/t1-3.1-b")

	// Accounts.
	account := "/asterisk/config/dynamic/res_pjsip/auth/d1"
	fields := `{"fields":[{"attribute":"auth_type","value":"userpass"},{"attribute":"username","value":"d1"},{"attribute":"password","value":"x"}]}`
	ask("GET", account)
	ask("DELETE", account)
	send("PUT", account, fields)
	send("PUT", account, fields)
	send("PUT", account, "nonsense")
	send("PUT", "/asterisk/config/dynamic/res_pjsip/auth/d2", `{"fields":"x"}`)
	send("PUT", "/asterisk/config/dynamic/res_pjsip/nonsense/d1", fields)
	send("PUT", "/asterisk/config/dynamic/nonsense/auth/d1", fields)
	ask("DELETE", account)
	ask("DELETE", account)
	ask("DELETE", "/asterisk/config/dynamic/res_pjsip/endpoint/trunk")
	phone := "/asterisk/config/dynamic/res_pjsip/endpoint/d"
	send("PUT", phone+"1", `{"fields":[{"attribute":"context","value":"from-desk"},{"attribute":"allow","value":"alaw"}]}`)
	send("PUT", phone+"1", `{"fields":[{"attribute":"context","value":"from-web"}]}`)
	send("PUT", phone+"2", `{"fields":[{"attribute":"context","value":"from-desk"}]}`)
	send("PUT", phone+"2", `{"fields":[{"attribute":"context","value":"from-desk"}]}`)

	// Another client takes the application over.
	w.connect()
	told("the first is replaced", 1)
	ask("GET", "/applications/hotline")
	return came
}
