// Package fakeari pretends to be the ARI of Asterisk 22.10.1: the resources that
// internal/ari asks for and the event WebSocket, for the faults that the real one
// will not produce on demand. That it answers as the real one does is proved by
// running the same script against both (conformance_test.go).
//
// Nothing happens by itself. Requests change what is there, and the test plays the
// world outside: a citizen arrives, a desk answers, a prompt comes to its end, a
// lease runs out. There is no clock: a dialled leg rings and a prompt plays until
// the test says otherwise.
//
// Events go out as Asterisk sends them: to the application that a channel is in or
// that made it, through the event filter, in order, and before the reply to the
// request that caused them. To have it otherwise, see Fault, PauseEvents,
// DuplicateEvents, CutSocket, Freeze and Replace.
package fakeari
