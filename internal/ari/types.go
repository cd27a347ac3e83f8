package ari

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Time is a time as ARI writes it: 2026-11-24T10:00:00.000+0000.
type Time struct{ time.Time }

const layout = "2006-01-02T15:04:05.000-0700"

// UnmarshalJSON reads ARI's time; an empty one is zero.
func (t *Time) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "" || s == "null" {
		return nil
	}
	parsed, err := time.Parse(layout, s)
	if err != nil {
		return fmt.Errorf("ARI time: %w", err)
	}
	t.Time = parsed
	return nil
}

// Caller is a name and number.
type Caller struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// Dialplan is where a channel is in the dialplan.
type Dialplan struct {
	Context string `json:"context"`
	Exten   string `json:"exten"`
	AppName string `json:"app_name"`
	AppData string `json:"app_data"`
}

// Channel is ARI's Channel model, as far as we read it. State is one of Down,
// Reserved, OffHook, Dialing, Ring, Ringing, Up, Busy.
type Channel struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	State        string   `json:"state"`
	Caller       Caller   `json:"caller"`
	Dialplan     Dialplan `json:"dialplan"`
	CreationTime Time     `json:"creationtime"`
}

// Bridge is ARI's Bridge model, as far as we read it.
type Bridge struct {
	ID         string   `json:"id"`
	Technology string   `json:"technology"`
	Channels   []string `json:"channels"`
}

// Endpoint is ARI's Endpoint model, as far as we read it.
type Endpoint struct {
	Technology string `json:"technology"`
	Resource   string `json:"resource"` // its name
}

// RTPStatistics is ARI's RTPstat model, as far as we read it.
type RTPStatistics struct {
	RemoteSSRC uint32 `json:"remote_ssrc"` // the source that is heard (RFC 3550 §8)
	Received   int    `json:"rxcount"`     // packets
}

// Playback is ARI's Playback model, as far as we read it.
type Playback struct {
	ID    string `json:"id"`
	State string `json:"state"`
}

// LiveRecording is ARI's LiveRecording model, as far as we read it. State is one of
// queued, recording, paused, done, failed, canceled.
type LiveRecording struct {
	Name     string `json:"name"`
	State    string `json:"state"`
	Duration int    `json:"duration"`         // whole seconds
	Talking  int    `json:"talking_duration"` // … in which something was heard, when it ends by silence
	Cause    string `json:"cause"`            // why it failed
}

// Event is one of the event types below.
type Event interface{ event() }

// The events that are read, named as in ARI.
type (
	// StasisStart says that a channel entered the application.
	StasisStart struct {
		Timestamp Time     `json:"timestamp"`
		Args      []string `json:"args"`
		Channel   Channel  `json:"channel"`
	}
	// StasisEnd says that a channel left the application; it may live on.
	StasisEnd struct {
		Timestamp Time    `json:"timestamp"`
		Channel   Channel `json:"channel"`
	}
	// ChannelStateChange says that a channel rings, is answered, and so on.
	ChannelStateChange struct {
		Timestamp Time    `json:"timestamp"`
		Channel   Channel `json:"channel"`
	}
	// ChannelDestroyed ends a channel. Cause is of ITU-T Q.850.
	ChannelDestroyed struct {
		Timestamp Time    `json:"timestamp"`
		Cause     int     `json:"cause"`
		CauseTxt  string  `json:"cause_txt"`
		Channel   Channel `json:"channel"`
	}
	// ChannelHangupRequest says that somebody wants the channel to end: its far end,
	// or we. Cause is of ITU-T Q.850.
	ChannelHangupRequest struct {
		Timestamp Time    `json:"timestamp"`
		Cause     int     `json:"cause"`
		Soft      bool    `json:"soft"`
		Channel   Channel `json:"channel"`
	}
	// ChannelDtmfReceived is a key, at its end.
	ChannelDtmfReceived struct {
		Timestamp  Time    `json:"timestamp"`
		Digit      string  `json:"digit"`
		DurationMS int     `json:"duration_ms"`
		Channel    Channel `json:"channel"`
	}
	// PlaybackFinished says that a playback ended, by itself or stopped.
	PlaybackFinished struct {
		Timestamp Time     `json:"timestamp"`
		Playback  Playback `json:"playback"`
	}
	// RecordingFinished says that a recording ended: stopped, at a limit, by silence, or
	// with its channel. There may be no file: nothing was said, or it never began.
	RecordingFinished struct {
		Timestamp Time          `json:"timestamp"`
		Recording LiveRecording `json:"recording"`
	}
	// RecordingFailed says that a recording did not come about.
	RecordingFailed struct {
		Timestamp Time          `json:"timestamp"`
		Recording LiveRecording `json:"recording"`
	}
	// ApplicationReplaced says that another client took the application over.
	ApplicationReplaced struct {
		Timestamp Time `json:"timestamp"`
	}
)

func (*StasisStart) event()          {}
func (*StasisEnd) event()            {}
func (*ChannelStateChange) event()   {}
func (*ChannelDestroyed) event()     {}
func (*ChannelDtmfReceived) event()  {}
func (*ChannelHangupRequest) event() {}
func (*PlaybackFinished) event()     {}
func (*RecordingFinished) event()    {}
func (*RecordingFailed) event()      {}
func (*ApplicationReplaced) event()  {}

// Decode reads one event. A type that is not read here gives nil.
func Decode(data []byte) (Event, error) {
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("ARI event: %w", err)
	}
	var event Event
	switch head.Type {
	case "StasisStart":
		event = &StasisStart{}
	case "StasisEnd":
		event = &StasisEnd{}
	case "ChannelStateChange":
		event = &ChannelStateChange{}
	case "ChannelDestroyed":
		event = &ChannelDestroyed{}
	case "ChannelHangupRequest":
		event = &ChannelHangupRequest{}
	case "ChannelDtmfReceived":
		event = &ChannelDtmfReceived{}
	case "PlaybackFinished":
		event = &PlaybackFinished{}
	case "RecordingFinished":
		event = &RecordingFinished{}
	case "RecordingFailed":
		event = &RecordingFailed{}
	case "ApplicationReplaced":
		event = &ApplicationReplaced{}
	default:
		return nil, nil
	}
	if err := json.Unmarshal(data, event); err != nil {
		return nil, fmt.Errorf("ARI event %s: %w", head.Type, err)
	}
	return event, nil
}
