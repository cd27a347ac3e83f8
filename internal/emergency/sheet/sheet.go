// Package sheet makes what a command centre is given beside the voice: who calls, where
// they are, what has happened. The same hand-over sheet comes as a page behind a link that
// cannot be guessed (Link), as an EIDO in JSON (NENA-STA-021.1) and, of the place, as a
// PIDF-LO (RFC 4119, RFC 5491). It is pure: what is known is passed in.
package sheet

import (
	"time"

	"hotline1022/internal/call"
)

// Sheet is everything that is known of a call that is handed over. What is unknown is
// empty, and left out.
type Sheet struct {
	Call    call.ID
	Ticket  string
	Service Service
	Agency  Agency // ours
	Agent   Agent  // who hands over; empty for nobody

	Caller   string // E.164; "" when withheld
	Name     string // as the caller said it
	Callback string // E.164, where it is not Caller
	Place    Place
	Category Category
	Notes    []Note
	Media    []Media
	Timeline []Entry

	Arrived  time.Time
	Answered time.Time // by the agent or the command centre; zero before
	Updated  time.Time
}

// Service is what was asked for.
type Service struct {
	Key    call.Service
	Vi, En string
}

// Agency is the hotline, by the host name under which it issues sheets.
type Agency struct {
	Host string // tongdai1022.example.vn
	Name string
}

// Agent is who hands over.
type Agent struct {
	ID   call.AgentID
	Name string
}

// Category is what has happened. Code is the common registry's (NENA-STA-021.1 §3.2); ""
// when it has none for it.
type Category struct{ Code, Vi, En string }

// Note is what an agent wrote.
type Note struct {
	At    time.Time
	Agent call.AgentID
	Text  string
}

// Media is a picture or a sound, at an address that needs no further key.
type Media struct{ What, URL string }

// Entry is one line of the timeline.
type Entry struct {
	At     time.Time
	Vi, En string
}

// Place is where help is needed.
type Place struct {
	Said     string // in the caller's words
	Province string
	Commune  string
	Road     string
	House    string
	Landmark string

	Located  bool    // there is a position:
	Lat, Lon float64 // WGS 84, degrees
	Accuracy float64 // metres, 95 % (W3C Geolocation §5.2); 0 when it is not known
	Source   Source
	At       time.Time // when the position was taken
}

// Source is where a position comes from.
type Source string

// The sources.
const (
	Spoken  Source = "spoken"  // an agent found it on the map
	Browser Source = "browser" // the caller's browser, in a call from the web
	SMSLink Source = "sms"     // the caller's telephone, by a link that was sent to it
)

// known says whether there is anything to tell of the place.
func (p Place) known() bool {
	return p.Located || p.Said != "" || p.Province != "" || p.Commune != "" || p.Road != "" || p.Landmark != ""
}

// callback is the number that reaches the caller.
func (s Sheet) callback() string {
	if s.Callback != "" {
		return s.Callback
	}
	return s.Caller
}
