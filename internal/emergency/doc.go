// Package emergency hands citizens over to the command centres: which destinations there
// are for a service (Plan), and what to do next while they are called (Handover). Both are
// pure: time is passed in, and what is to be done is returned for others to do.
//
// # One hand-over
//
//	Begin ─▶ the citizen is in a bridge, hears who is called; a destination and one of us ring
//
//	a ladder, for each service of the conference:
//
//	         ┌── busy, congested, no route, no answer ──▶ the next rung, at once
//	rung 1 ──┼── silent for Timing.Next ──▶ the next rung rings as well
//	         └── answered ──▶ joins; nobody else is called
//	                 ├── hung up ──▶ the next rung, at once
//	                 └── Confirm ──▶ handed over: we may leave, it stays
//	last rung ──▶ from the first again, and the supervisors ring
//
// Four rules hold whatever comes, in whatever order, twice or late (see the property test):
//
//   - The citizen is in the bridge, and hears somebody or the hold sound.
//   - A destination that has answered is not let go of before the hand-over is confirmed.
//   - A hand-over is confirmed once for each service, by one of us who is in the bridge.
//   - Nothing here lets go of the citizen. There is no action for it.
//
// # One that has ended
//
// When the citizen has gone, ringing stops; one of us and a command centre may talk on. A
// citizen who went before any confirmation is owed a callback. A destination that hangs up
// after the confirmation leaves the citizen to one of us again, if they stay on.
package emergency
