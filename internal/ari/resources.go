package ari

import (
	"context"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// CreateRequest makes a channel in an application without dialling it yet
// (POST /channels/create).
type CreateRequest struct {
	ChannelID string
	Endpoint  string // such as PJSIP/alice
	App       string
	AppArgs   string // comma-separated
	Formats   string // such as alaw
	Variables map[string]string
}

// Channels lists every channel of this Asterisk, ours or not.
func (c *Client) Channels(ctx context.Context) ([]Channel, error) {
	var list []Channel
	return list, c.do(ctx, http.MethodGet, "/channels", nil, nil, &list)
}

// Channel reads one channel.
func (c *Client) Channel(ctx context.Context, id string) (Channel, error) {
	var ch Channel
	return ch, c.do(ctx, http.MethodGet, "/channels/"+url.PathEscape(id), nil, nil, &ch)
}

// RTPStatistics reads what a channel's media are like; one without RTP has none (404).
func (c *Client) RTPStatistics(ctx context.Context, id string) (RTPStatistics, error) {
	var s RTPStatistics
	return s, c.do(ctx, http.MethodGet, "/channels/"+url.PathEscape(id)+"/rtp_statistics", nil, nil, &s)
}

// CreateChannel makes a channel; its StasisStart tells when it may be used.
func (c *Client) CreateChannel(ctx context.Context, r CreateRequest) error {
	query := url.Values{"channelId": {r.ChannelID}, "endpoint": {r.Endpoint}, "app": {r.App}, "appArgs": {r.AppArgs}}
	if r.Formats != "" {
		query.Set("formats", r.Formats)
	}
	body := map[string]any{"variables": r.Variables}
	return c.post(ctx, "/channels/create", query, body)
}

// SnoopRequest makes a channel, in an application, that hears another one and may be
// heard on it (POST /channels/{channelId}/snoop/{snoopId}).
type SnoopRequest struct {
	ChannelID string // the one that is heard
	SnoopID   string
	Spy       Direction // what of it is heard
	Whisper   Direction // where what is said to the new channel goes
	App       string
	AppArgs   string // comma-separated
}

// Direction is a part of a channel's audio.
type Direction string

// The directions, as seen from Asterisk: in is what the far end says, out what it hears.
const (
	None Direction = "none"
	In   Direction = "in"
	Out  Direction = "out"
	Both Direction = "both"
)

// Snoop makes a snooping channel; its StasisStart tells when it may be used. It ends
// with the channel that it hears.
func (c *Client) Snoop(ctx context.Context, r SnoopRequest) error {
	query := url.Values{"spy": {string(r.Spy)}, "whisper": {string(r.Whisper)}, "app": {r.App}, "appArgs": {r.AppArgs}}
	return c.post(ctx, "/channels/"+url.PathEscape(r.ChannelID)+"/snoop/"+url.PathEscape(r.SnoopID), query, nil)
}

// Dial rings a created channel for at most that long, in whole seconds.
func (c *Client) Dial(ctx context.Context, id string, atMost time.Duration) error {
	seconds := int(math.Ceil(atMost.Seconds()))
	return c.post(ctx, "/channels/"+url.PathEscape(id)+"/dial", url.Values{"timeout": {strconv.Itoa(seconds)}}, nil)
}

// Hangup ends a channel; reason is a word of ARI, such as normal or busy.
func (c *Client) Hangup(ctx context.Context, id, reason string) error {
	return c.delete(ctx, "/channels/"+url.PathEscape(id), url.Values{"reason": {reason}})
}

// Continue sends a channel to the dialplan, behind a playback that runs on it.
func (c *Client) Continue(ctx context.Context, id, context, extension string) error {
	return c.post(ctx, "/channels/"+url.PathEscape(id)+"/continue", url.Values{"context": {context}, "extension": {extension}, "priority": {"1"}}, nil)
}

// Play plays media URIs one after the other (POST /channels/{id}/play/{playbackId}).
func (c *Client) Play(ctx context.Context, id, playback string, media []string) error {
	return c.post(ctx, "/channels/"+url.PathEscape(id)+"/play/"+url.PathEscape(playback),
		url.Values{"media": {strings.Join(media, ",")}}, nil)
}

// StopPlayback ends a playback at once.
func (c *Client) StopPlayback(ctx context.Context, playback string) error {
	return c.delete(ctx, "/playbacks/"+url.PathEscape(playback), nil)
}

// RecordRequest records what a channel says into a file, until one of the limits, a key,
// a stop or its end (POST /channels/{channelId}/record). It occupies the channel's thread
// as a playback does, and is refused in a bridge (409).
type RecordRequest struct {
	ChannelID   string
	Name        string // of the recording and, with the format, of its file
	Format      string // such as wav
	MaxDuration time.Duration
	MaxSilence  time.Duration // at the end; 0 for none. Both in whole seconds
	Beep        bool          // needs the sound file beep
	TerminateOn string        // none, any, * or #
}

// Record begins a recording, behind a playback that runs on the channel;
// RecordingFinished or RecordingFailed tells of its end. A file of that name is refused
// (409).
func (c *Client) Record(ctx context.Context, r RecordRequest) error {
	seconds := func(d time.Duration) []string { return []string{strconv.Itoa(int(math.Ceil(d.Seconds())))} }
	query := url.Values{
		"name": {r.Name}, "format": {r.Format}, "maxDurationSeconds": seconds(r.MaxDuration), "maxSilenceSeconds": seconds(r.MaxSilence),
		"ifExists": {"fail"}, "beep": {strconv.FormatBool(r.Beep)}, "terminateOn": {r.TerminateOn},
	}
	return c.post(ctx, "/channels/"+url.PathEscape(r.ChannelID)+"/record", query, nil)
}

// LiveRecording reads a recording that has not ended.
func (c *Client) LiveRecording(ctx context.Context, name string) (LiveRecording, error) {
	var r LiveRecording
	return r, c.do(ctx, http.MethodGet, "/recordings/live/"+url.PathEscape(name), nil, nil, &r)
}

// StopRecording ends a recording and keeps it. One that is still queued is accepted, and
// begins all the same (seen in Asterisk 22.10.1).
func (c *Client) StopRecording(ctx context.Context, name string) error {
	return c.post(ctx, "/recordings/live/"+url.PathEscape(name)+"/stop", nil, nil)
}

// MusicStart begins hold music of the default class.
func (c *Client) MusicStart(ctx context.Context, id string) error {
	return c.post(ctx, "/channels/"+url.PathEscape(id)+"/moh", nil, nil)
}

// MusicStop ends hold music.
func (c *Client) MusicStop(ctx context.Context, id string) error {
	return c.delete(ctx, "/channels/"+url.PathEscape(id)+"/moh", nil)
}

// SetVariable sets a channel variable or writes a function such as TIMEOUT(absolute).
func (c *Client) SetVariable(ctx context.Context, id, name, value string) error {
	return c.post(ctx, "/channels/"+url.PathEscape(id)+"/variable", url.Values{"variable": {name}, "value": {value}}, nil)
}

// Bridges lists every bridge of this Asterisk.
func (c *Client) Bridges(ctx context.Context) ([]Bridge, error) {
	var list []Bridge
	return list, c.do(ctx, http.MethodGet, "/bridges", nil, nil, &list)
}

// Endpoints lists every endpoint of a technology, such as PJSIP, registered or not.
func (c *Client) Endpoints(ctx context.Context, technology string) ([]Endpoint, error) {
	var list []Endpoint
	return list, c.do(ctx, http.MethodGet, "/endpoints/"+url.PathEscape(technology), nil, nil, &list)
}

// CreateBridge makes a bridge; an id that a bridge has already is refused (409).
func (c *Client) CreateBridge(ctx context.Context, id, kind, name string) error {
	return c.post(ctx, "/bridges/"+url.PathEscape(id), url.Values{"type": {kind}, "name": {name}}, nil)
}

// DestroyBridge removes a bridge; its channels stay in the application.
func (c *Client) DestroyBridge(ctx context.Context, id string) error {
	return c.delete(ctx, "/bridges/"+url.PathEscape(id), nil)
}

// AddChannel puts a channel into a bridge. The others in it, and whoever is dialled from
// there, are not told of its identity: a dialled channel would show it instead of its own.
func (c *Client) AddChannel(ctx context.Context, bridge, channel string) error {
	return c.post(ctx, "/bridges/"+url.PathEscape(bridge)+"/addChannel", url.Values{"channel": {channel}, "inhibitConnectedLineUpdates": {"true"}}, nil)
}

// RemoveChannel takes a channel out of a bridge.
func (c *Client) RemoveChannel(ctx context.Context, bridge, channel string) error {
	return c.post(ctx, "/bridges/"+url.PathEscape(bridge)+"/removeChannel", url.Values{"channel": {channel}}, nil)
}

// Field is one attribute of a configuration object.
type Field struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
}

// PutDynamic makes or changes a configuration object at run time
// (PUT /asterisk/config/dynamic/{class}/{type}/{id}).
func (c *Client) PutDynamic(ctx context.Context, class, kind, id string, fields []Field) error {
	body := map[string]any{"fields": fields}
	return c.do(ctx, http.MethodPut, dynamic(class, kind, id), nil, body, nil)
}

// DeleteDynamic removes a configuration object.
func (c *Client) DeleteDynamic(ctx context.Context, class, kind, id string) error {
	return c.delete(ctx, dynamic(class, kind, id), nil)
}

func dynamic(class, kind, id string) string {
	return "/asterisk/config/dynamic/" + class + "/" + kind + "/" + url.PathEscape(id)
}

// Ping asks Asterisk whether it is there (GET /asterisk/ping).
func (c *Client) Ping(ctx context.Context) error {
	return c.do(ctx, http.MethodGet, "/asterisk/ping", nil, nil, nil)
}

// setEventFilter makes Asterisk send the events that we read and no others. A list of
// allowed types keeps out every other, being replaced too, so that is named with them.
func (c *Client) setEventFilter(ctx context.Context) error {
	type eventType struct {
		Type string `json:"type"`
	}
	allowed := []eventType{{"ApplicationReplaced"}}
	for _, name := range c.opts.Events {
		allowed = append(allowed, eventType{name})
	}
	return c.do(ctx, http.MethodPut, "/applications/"+url.PathEscape(c.opts.App)+"/eventFilter", nil,
		map[string]any{"allowed": allowed}, nil)
}
