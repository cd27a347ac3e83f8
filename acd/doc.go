// Package acd is the automatic call distributor: it holds the calls that wait and
// the agents that work, chooses who talks to whom, and says why.
//
// Engine is pure: the clock is passed in, every command returns the decisions that
// follow from it, and the same commands give the same decisions. Runner is the one
// goroutine around it.
//
// # Order
//
// Calls of an emergency queue come before all others. Then the longest waiting,
// where a queue's priority is worth minutes of waiting (score = minutes waited +
// priority minutes, so the order of two calls never changes while they wait).
// Among the agents who serve the queue, the longest idle is chosen.
//
// # Offers
//
// An offer reserves one agent for one call in the step that chooses them, so no
// call is offered to two agents and no agent has two calls. Every offer ends
// exactly once: accepted, refused, timed_out (RONA) or rescinded. A call keeps its
// place until an offer is accepted.
//
// # Agents
//
//	offline ─▶ paused ◀─▶ available ─▶ reserved ─▶ ringing ─▶ talking ─▶ wrap_up
//	   ▲          ▲            ▲            │          │                   │
//	   │          ├────────────┼────────────┴──────────┴───────────────────┤
//	   └──────────┴────────────┴───────── from any state ──────────────────┘
//
// An agent who refuses a call, or whose phone cannot be rung, is paused with that
// reason until they press ready; one who lets calls ring is paused after
// MissesBeforePause of them. Until then the missed call goes to whoever is next.
//
// Commands about unknown, ended or repeated things change nothing.
package acd
