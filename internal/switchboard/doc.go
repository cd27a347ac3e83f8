// Package switchboard owns the calls that are alive. It is the only place that
// sees the menus (ivr), the line (acd) and the phones together, and it carries
// the outcome of one to the next.
//
// # Who owns what
//
// One goroutine owns one call (type session). Nothing else changes the call:
// what the phones report, what the line decides and what people ask for are
// messages in the call's mailbox, an unbounded FIFO, so that whoever sends one
// never waits and nothing is lost. The goroutine starts with the citizen's leg
// and ends with it; Stop ends the goroutines but not the calls, which go on in
// Asterisk and are adopted again by the next start.
//
// Every id (agent's leg, bridge, playback) is derived from the call's id before
// the thing is made, so an event may come before the reply to the request that
// caused it, twice, or long after we gave up: an id that is not the current one
// is answered by tidying up, never by a change of state.
//
//	menu ──▶ waiting ──▶ ringing ──▶ talking ──▶ ended
//	  ▲         │ ▲         │ │         │ desk or leg lost, or the two
//	  └─────────┴─┼─────────┘ │         │ could not be brought together:
//	 emergency    └───────────┴─────────┘ the old place in line, with a word
//	 key
//
// Whom the menus lead to a queue is in line from that key on, and hears there that the
// call is recorded: no agent waits for a prompt to end.
//
// # Beside the line
//
// What a citizen is asked beside the menus is an aside: to be called back, to leave a
// message, how it was. It has the citizen's ear and nothing else: in line they keep
// their place meanwhile, an answer ends it, and so does the emergency key. A citizen
// who has been promised a callback may hang up; the line then holds the place without
// them, and a recall owns what comes of it, with the agent first and legs and a bridge
// of its own under the same call's id.
//
// # Parties
//
// Beside the citizen a call has parties: the agent whose call it is, and others. In line
// they are desks that are rung at once, of which the first to answer has the call. In
// conversation they are whoever the agent has brought in, or a supervisor who came:
//
//	talking ◀──── hold, resume ────▶ on hold ◀──────────────────────────────┐
//	   │                                │ consult: a colleague is offered    │ back, or
//	   │ transfer to an agent           │ the call beside it, or a number    │ not taken,
//	   ▼ or a queue                     ▼ is rung                            │ hung up
//	in line, the old place          the two talk aside ──────────────────────┘
//	                                    │                │
//	                        complete,   ▼                ▼ conference
//	                        hang up: the other's call    the citizen talks with both
//
// What people ask of a call is a message in its mailbox like any other, answered when the
// owner has come to it. A citizen on hold carries the lease and hears music, so that they
// are forgotten by nobody; both sides are reminded. Whoever goes, the citizen is with
// somebody who is still there, or back in line at the old place: an agent who hangs up
// while the citizen is on hold ends no call.
//
// The recording is the citizen's. Before they hear somebody new it begins a part of its
// own, with everybody in the bridge before the citizen joins (Phones.NextPart).
//
// # Supervisors
//
// What a supervisor hears is beside the call and never part of it: an ear has a goroutine,
// legs and a bridge of its own, whose ids (call.EarID) keep its signals and its share of
// the truth away from the call's owner. It is on the agent's leg and ends with it. What a
// supervisor does to the line or to an agent's state are commands to the line.
//
// # Hand-overs
//
// Whose key or agent asks for a command centre is handed over (handing): the pure ladder of
// package emergency says what to do, and is told what happened.
//
//	key ──▶ prompts and music, under the lease; a centre and one of us ring at once
//	            │ whoever answers first
//	            ▼
//	        together: citizen, centres, those of us ◀── the button, in any conversation
//	            │ confirmed: who of us hangs up leaves the citizen to the centre
//	            ▼
//	        the citizen hangs up; nobody else ends the call
//
// Centres' legs (call.ID.Destination) are no parties: the line does not know of them. The
// stage is that of those of us who are there: a citizen who talks with a centre alone
// waits, in line while the ladder wants one of us. In a hand-over nobody is put on hold or
// given away, no call overflows to a machine, and no key leads anywhere. Without a plan that
// reaches anybody (SetEmergency) agents have emergencies alone.
//
// # What the phones refuse
//
// A request has its time and then failed. What was to bring a call on is answered by
// another way on: the next prompt, the next desk, the old place in line. What was to
// remove something is asked for again until it is gone (Board.insist). A prompt whose
// end is not told is over when its time is.
//
// # The lease
//
// A citizen who is in our hands but not in a conversation carries
// TIMEOUT(absolute) as a dead-man switch. The owner renews it before each prompt
// and every few seconds of waiting; when the owner dies or hangs, the dialplan's
// T extension takes the citizen on, and we let go of them without a hang-up. In a
// conversation there is no lease.
//
// # Desks
//
// The line owns the agents' states; Desks owns accounts, sockets and what pages are
// told. A desk that goes in the middle of a call tells first the line and then the
// call's owner, by the offer, so that a newer desk of the same agent is never taken
// for it.
//
// A desk is lost when its page says goodbye to its socket (LineGone), when it has had
// none for the grace time (LineDown), or none and no sound for a moment, and when its
// sound alone has stopped for so long that the phones hang it up (trouble). Its citizen
// hears why and is on hold for the same agent, for Options.DeskReturn; the others in line
// go on being served. The agent is back when their phone has registered again, at that
// desk or a newer one (Registered), takes calls without pressing anything, and has that
// citizen before anybody who waits; a pause that they had asked for comes after it. Nobody
// is waited for who has signed out, whose relief is over, who talks to somebody else by
// then, or whose phone registers and brings no sound a second time: then, and when the
// time is over, anybody has the citizen, who has the old place. An agent who is back when
// the citizen has gone presses ready, after what there is to write down.
//
// An emergency waits for nobody, not for a second: whoever is free first is rung, and the
// same agent if it is them; who is back meanwhile takes calls, and is rung when the first
// does not answer. After a restart what is left of the time goes on; the journal knows.
package switchboard
