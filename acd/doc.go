// Package acd decides who answers whom. It holds the calls that wait and the
// agents that are signed in, chooses pairs, and says what it decided; it rings
// nobody and waits for nobody.
//
// [Engine] is pure: every command carries the time, the same commands give the
// same decisions, and there is neither goroutine nor lock in it. [Runner] is the
// one goroutine that owns an engine in a running hotline.
//
// # The line
//
// Calls are served in this order: emergencies before all others, whatever their
// queue; then by minutes waited plus the queue's priority minutes. A priority is
// worth minutes, so the order of two waiting calls never changes, and a place is
// the fixed time "arrived − priority minutes". A call keeps its place while it is
// offered to agents who do not take it.
//
// Of the agents who serve the queue, the one who has been available longest is
// chosen. Choosing the call, choosing the agent and reserving them is one step:
// no call is offered to two agents, and no agent gets two calls. After every
// command the engine makes offers until no waiting call has a suitable agent, so
// nobody waits while somebody could answer.
//
// # An offer
//
//	             ┌──────▶ accepted
//	reserved ─▶ ringing ─▶ refused     back in line, the agent to the back of the order
//	    │        ├──────▶ timed_out   the same, and a miss (RONA)
//	    └────────┴──────▶ rescinded   the citizen left, or the desk cannot be rung
//
// Every offer ends exactly once. Whatever is said about it later changes nothing.
//
// # An agent
//
//	           sign in              ready             chosen           the desk rings
//	offline ──────────▶ paused ◀────────▶ available ─────────▶ reserved ───────────▶ ringing
//	   ▲                  ▲  ▲    pause      ▲  ▲  not taken      │ │                  │ │
//	   │ sign out,        │  │               │  └─────────────────┘ │  ◀ not taken     │ │
//	   │ desk lost:       │  └───────────────│──────────────────────│──────────────────┘ │
//	   │ from any state   │    misses        │               answer ▼      answer        │
//	   │                  │   pause asked    │    ended                                  │
//	   └──────────────    └─────────────── wrap_up ◀───────── talking ◀──────────────────┘
//
// [CanMove] is the list. A pause that is asked for during a call, from the offer to
// the end of wrap-up, takes effect after it; so does signing out while talking.
//
// # What goes wrong
//
//   - Refused: the call goes to another agent. It comes straight back to the one
//     who refused only if nobody else is free. [Config.RefusalsBeforePause]
//     refusals in a row pause the agent as misses do: a softphone set to "do not
//     disturb" would refuse for ever.
//   - Timed out: [Config.MissesBeforePause] misses in a row pause the agent until
//     they press ready.
//   - Failed: the desk could not be rung at all. That is the line's or our fault,
//     and may hit every desk at once, so the agent rests as paused(no_phone) and is
//     tried again after 5 s, then 10 s, 20 s and so on up to a minute, without
//     anybody pressing anything.
//   - Desk lost: the offer is rescinded and the call is back in its place; from a
//     conversation the engine lets the call go, and its owner puts it in line again
//     with its first arrival time.
package acd
