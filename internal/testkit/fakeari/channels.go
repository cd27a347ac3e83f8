package fakeari

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// channel is one leg.
type channel struct {
	id, name, state string
	number          string // the caller's
	context, exten  string
	appName         string // of the dialplan
	appData         string
	created         string
	app             string   // Stasis application that it is in; "" for the dialplan
	maker           string   // application that made it, which is told of its end
	spies           string   // channel that it hears, for one that snoops
	back            string   // application that it returns to from the dialplan
	backArgs        []string // and how
	source          uint32   // RTP stream that comes in; 0 before there is one
	dialed          bool
	music           bool
	plays           []*playback // the first one is heard
	variables       map[string]string
}

func (ch *channel) model() map[string]any {
	return map[string]any{
		"id": ch.id, "name": ch.name, "state": ch.state, "protocol_id": "", "accountcode": "", "language": "en",
		"caller":    map[string]string{"name": "", "number": ch.number},
		"connected": map[string]string{"name": "", "number": ""},
		"dialplan": map[string]any{
			"context": ch.context, "exten": ch.exten, "priority": 1, "app_name": ch.appName, "app_data": ch.appData,
		},
		"creationtime": ch.created,
	}
}

// recording says whether the channel is recorded, or will be.
func (ch *channel) recording() bool {
	return slices.ContainsFunc(ch.plays, func(p *playback) bool { return p.record != nil })
}

// add makes a channel; the name is that of an endpoint with a number behind it.
func (s *Server) add(ch *channel, endpoint string) {
	ch.name = fmt.Sprintf("%s-%08x", endpoint, s.names)
	ch.created = stamp(time.Now())
	ch.variables = map[string]string{}
	s.names++
	s.channels[ch.id] = ch
}

// enter brings a channel into an application.
func (s *Server) enter(ch *channel, app string, args []string) {
	ch.app, ch.appName = app, "Stasis"
	ch.appData = strings.Join(append([]string{app}, args...), ",")
	s.about(ch, "StasisStart", map[string]any{"args": args})
}

// about tells of a channel whoever is to know: the application that it is in, or the
// one that made it.
func (s *Server) about(ch *channel, kind string, fields map[string]any) {
	event := map[string]any{"channel": ch.model()}
	maps.Copy(event, fields)
	app := ch.app
	if app == "" {
		app = ch.maker
	}
	s.publish(app, kind, event)
	s.touch()
}

// control finds a channel in Stasis. In these states the music and prompts of others
// are refused too: the far end has not been reached.
func (s *Server) control(a ask, anyState bool) (*channel, *reply) {
	ch := s.channels[a.of("channel")]
	var no reply
	switch {
	case ch == nil:
		no = refusal(http.StatusNotFound, "Channel not found")
	case ch.app == "":
		no = refusal(http.StatusConflict, "Channel not in Stasis application")
	case !anyState && slices.Contains([]string{"Down", "Reserved", "Ringing"}, ch.state):
		no = refusal(http.StatusPreconditionFailed, "Channel in invalid state")
	default:
		return ch, nil
	}
	return nil, &no
}

func (s *Server) listChannels(ask) reply {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(s.channels)) {
		list = append(list, s.channels[id].model())
	}
	return reply{http.StatusOK, list}
}

func (s *Server) getChannel(a ask) reply {
	if ch := s.channels[a.of("channel")]; ch != nil {
		return reply{http.StatusOK, ch.model()}
	}
	return refusal(http.StatusNotFound, "Channel not found")
}

func (s *Server) rtpStatistics(a ask) reply {
	ch := s.channels[a.of("channel")]
	switch {
	case ch == nil:
		return refusal(http.StatusNotFound, "Channel not found")
	case ch.source == 0:
		return refusal(http.StatusNotFound, "RTP session not found")
	}
	return reply{http.StatusOK, map[string]any{"channel_uniqueid": ch.id, "remote_ssrc": ch.source, "rxcount": 1, "txcount": 1}}
}

// Stream lets a far end be heard by an RTP stream of that name.
func (s *Server) Stream(id string, ssrc uint32) {
	s.on(id, func(ch *channel) { ch.source = ssrc })
}

func (s *Server) createChannel(a ask) reply {
	var body struct {
		Variables map[string]string `json:"variables"`
	}
	endpoint, id := a.query.Get("endpoint"), a.query.Get("channelId")
	technology, resource, _ := strings.Cut(endpoint, "/")
	switch {
	case !a.json(&body):
		return refusal(http.StatusBadRequest, "Error parsing request body")
	case endpoint == "":
		return refusal(http.StatusBadRequest, "Endpoint must be specified")
	case resource == "":
		return refusal(http.StatusBadRequest, "Invalid endpoint specified")
	case s.channels[id] != nil:
		return refusal(http.StatusConflict, "Channel with given unique ID already exists")
	case technology != "PJSIP" && technology != "Local", technology == "PJSIP" && !s.reachable(resource):
		return allocationFailed // an endpoint without a contact is told the same way
	}
	ch := &channel{id: id, state: "Down", maker: a.query.Get("app"), number: body.Variables["CALLERID(num)"]}
	s.add(ch, endpoint)
	maps.Copy(ch.variables, body.Variables)
	made := ch.model()
	s.enter(ch, ch.maker, strings.Split(a.query.Get("appArgs"), ","))
	return reply{http.StatusOK, made}
}

// reachable says whether there is such an endpoint, or such a number at the trunk.
func (s *Server) reachable(resource string) bool {
	number, endpoint, outside := strings.Cut(resource, "@")
	if outside {
		return number != "" && endpoint == staticEndpoint
	}
	return s.objects[key("endpoint", resource)] != nil
}

func (s *Server) dialChannel(a ask) reply {
	ch, no := s.control(a, true)
	switch {
	case no != nil:
		return *no
	case ch.state != "Down" || ch.dialed:
		return refusal(http.StatusConflict, "Channel is not in the 'Down' state")
	}
	ch.dialed = true
	s.touch()
	return noContent
}
