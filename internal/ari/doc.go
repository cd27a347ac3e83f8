// Package ari speaks the Asterisk REST Interface: requests over a keep-alive HTTP
// pool, events over one filtered WebSocket. It knows resources and events and no
// word of what they are used for.
//
// # Order of things
//
// On every connect the event filter is set (Asterisk forgets it when an
// application had no channels), then OnConnect runs while events wait, then the
// events are delivered, in order, on one goroutine. Asterisk keeps no events for a
// client that is away: whatever OnConnect reads is all that is known of the gap.
//
// The connection ends when its socket does, when pings are not answered, and when
// another client takes the application over. In the last case whatever waits belongs
// to the other one and is not delivered any more; in the others what came is
// delivered, then the gap is told.
//
// Replies and events travel apart, so an event may come before the reply to the
// request that caused it. Choose ids before the request, and never wait for the
// reply to learn them.
//
// # Requests that wait
//
// Answer, SetVariable, GetVariable of a channel function, AddChannel and
// RemoveChannel are carried out by the channel's own thread, behind a playback that
// runs on it. Stop the playback first. All others return when they are queued.
package ari
