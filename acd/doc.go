// Package acd decides who answers whom. It holds the calls that wait and the
// agents that are signed in, chooses pairs, and says what it decided and why; it
// rings nobody and waits for nobody.
//
// [Engine] is pure: every command carries the time, the same commands give the
// same decisions, and there is neither goroutine nor lock in it. [Runner] is the
// one goroutine that owns an engine in a running hotline.
//
// # The line
//
// Calls are served in this order: emergencies before all others, whatever their
// queue; then by minutes waited plus the priority minutes of queue and call. A
// priority is worth minutes, so the order of two waiting calls never changes, and a
// place is the fixed time "arrived − priority minutes". A call keeps its place while
// it is offered to agents who do not take it, when a desk is lost, when it is
// transferred or overflows, and over a [Engine.Reload]. Who drops out of a queue and
// calls again within [Config.RedialWithin] has the old arrival; a [Callback] waits in
// the same order without a citizen on the telephone, so it is never served before
// those who came before it.
//
// What a call asks for is skills: the queue's, and those of the queue's wants by the
// call's language, field and locality. Required ones it asks for always; preferred
// ones until their time is over, or not at all when nobody who is signed in has
// them. An emergency asks for nothing that nobody has. It may also name an agent,
// whom it waits for a few seconds, and then takes anybody.
//
// # The choice
//
// Of the agents who have the skills, the queue's [Strategy] picks one. Choosing the
// call, choosing the agent and reserving them is one step: no call has two agents,
// and no agent gets two calls. After every command the engine makes offers until no
// waiting call has a suitable agent, so nobody waits while somebody could answer.
// The exceptions are meant: a call that waits for the agent it names, and the
// reserve.
//
// Calls of one queue that ask for the same are one class, agents with the same
// skills another, and which may serve which is worked out once. In each class calls
// and agents stand in ordered trees, so that a decision costs O(log n) in calls and
// agents, and O(n) in classes; BenchmarkCall and the others beside it have figures.
//
// # An offer
//
//	             ┌──────▶ accepted
//	reserved ─▶ ringing ─▶ refused     back in line, the agent to the back of the order
//	    │        ├──────▶ timed_out   the same, and a miss (RONA)
//	    └────────┴──────▶ rescinded   the citizen left, the desk cannot be rung, another
//	                                  answered first, or an emergency needs the agent
//
// Every offer ends exactly once. Whatever is said about it later changes nothing.
// With [RingSeveral] a call has several offers at a time: a second agent is rung
// only if nobody waits whom they could serve. The first to answer has the call, and
// the offers of the others are rescinded in the same step.
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
//	                                         │  ▲
//	                            an emergency ▼  │ that came to nothing
//	                                   reserved, ringing
//
// [CanMove] is the list. A pause that is asked for during a call, from the offer to
// the end of wrap-up, takes effect after it; so does signing out while talking, and
// the end of a shift. A wrap-up that an emergency cut through goes on afterwards with
// the time that was left.
//
// # Emergencies
//
//   - The reserve: the last [Config.EmergencyReserve] available agents of those who
//     serve emergencies take nothing else. One who works alone is no reserve.
//   - With nobody available an emergency goes to an agent in wrap-up, the longest
//     first; the wrap-up goes on afterwards.
//   - Else it takes an agent whose desk only rings for an ordinary call, the one that
//     has rung shortest; that call is back in its place.
//   - Else [Nobody] is said of it, once, for the supervisors to be rung.
//
// # More than one agent
//
// A conversation has one agent or several. [Engine.Consult] offers it to one more
// while it goes on; each one's part ends by itself ([Engine.EndedFor]), with its own
// wrap-up, and the call with the last. So an attended transfer is a consultation in
// which the first agent leaves, and a blind one is [Engine.Transfer]: the agent is
// out and the call in line again in one step.
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
//     with its first arrival time ([Engine.Return]), to wait a while for the same agent
//     ([Engine.Back]). An emergency waits for nobody: whoever is free first has it.
//   - Waited too long, or nobody is signed in: the call overflows ([Overflowed]) to
//     another queue, once from each, or its owner is told to offer voicemail or a
//     callback. An emergency overflows to people only.
//   - Not reached: a callback is tried again after [Config.CallbackPause], at its old
//     place, [Config.CallbackTries] times in all. At most one waits for a number.
package acd
