package fakeari

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
)

// ask is a request on its way to who carries it out. The lock is held there.
type ask struct {
	http  *http.Request
	query url.Values
	body  []byte
}

// of gives a part of the path.
func (a ask) of(name string) string { return a.http.PathValue(name) }

// json reads the body, and says whether it is JSON or empty.
func (a ask) json(into any) bool {
	return len(a.body) == 0 || json.Unmarshal(a.body, into) == nil
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, carryOut := range map[string]func(ask) reply{
		"GET /asterisk/ping": func(ask) reply {
			return reply{http.StatusOK, map[string]string{"ping": "pong", "timestamp": now(), "asterisk_id": entity}}
		},
		"GET /applications/{app}":                             s.getApplication,
		"PUT /applications/{app}/eventFilter":                 s.putEventFilter,
		"GET /channels":                                       s.listChannels,
		"GET /channels/{channel}":                             s.getChannel,
		"GET /channels/{channel}/rtp_statistics":              s.rtpStatistics,
		"POST /channels/create":                               s.createChannel,
		"DELETE /channels/{channel}":                          s.deleteChannel,
		"POST /channels/{channel}/continue":                   s.continueChannel,
		"POST /channels/{channel}/dial":                       s.dialChannel,
		"POST /channels/{channel}/snoop/{snoop}":              s.snoop,
		"POST /channels/{channel}/moh":                        s.startMusic,
		"DELETE /channels/{channel}/moh":                      s.stopMusic,
		"POST /channels/{channel}/record":                     s.record,
		"GET /recordings/live/{recording}":                    s.liveRecording,
		"POST /recordings/live/{recording}/stop":              s.stopRecording,
		"POST /channels/{channel}/variable":                   s.setVariable,
		"POST /channels/{channel}/play/{playback}":            s.play,
		"DELETE /playbacks/{playback}":                        s.deletePlayback,
		"GET /bridges":                                        s.listBridges,
		"GET /endpoints/{tech}":                               s.listEndpoints,
		"POST /bridges/{bridge}":                              s.createBridge,
		"DELETE /bridges/{bridge}":                            s.deleteBridge,
		"POST /bridges/{bridge}/addChannel":                   s.addChannel,
		"POST /bridges/{bridge}/removeChannel":                s.removeChannel,
		"GET /asterisk/config/dynamic/{class}/{type}/{id}":    s.getObject,
		"PUT /asterisk/config/dynamic/{class}/{type}/{id}":    s.putObject,
		"DELETE /asterisk/config/dynamic/{class}/{type}/{id}": s.deleteObject,
		"/": func(ask) reply { return refusal(http.StatusNotFound, "Resource not found") },
	} {
		mux.Handle(pattern, s.serve(func(w http.ResponseWriter, a ask, f *Fault) {
			s.mu.Lock()
			answer := carryOut(a)
			s.mu.Unlock()
			if f.after(s.done) {
				answer.write(w)
			}
		}))
	}
	mux.Handle("GET /events", s.serve(func(w http.ResponseWriter, a ask, _ *Fault) { s.serveEvents(w, a.http) }))
	return mux
}

// serve notes the request, checks who asks, and lets faults have their say.
func (s *Server) serve(carryOut func(http.ResponseWriter, ask, *Fault)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.begin() {
			panic(http.ErrAbortHandler)
		}
		defer s.work.Done()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the client gave up
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		fault := s.note(Request{Verb: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Body: string(body)})
		user, password, _ := r.BasicAuth()
		switch {
		case user != User || password != Password:
			w.Header().Set("WWW-Authenticate", `Basic realm="Asterisk REST Interface"`)
			refusal(http.StatusUnauthorized, "Authentication required").write(w)
		case !fault.before(s.done):
			panic(http.ErrAbortHandler)
		case fault.Status != 0:
			refusal(fault.Status, fault.Message).write(w)
		default:
			carryOut(w, ask{http: r, query: r.URL.Query(), body: body}, fault)
			if fault.Cut {
				panic(http.ErrAbortHandler)
			}
		}
	})
}
