// Package drill calls the hotline as a citizen in need does, and is the destination that
// answers: through the trunk's door, the greeting, the emergency menu and the hand-over to
// a telephone of its own, with a tone each way. What it finds is a Result; the telephones
// here are real, and nothing of the hotline is known to them but its address.
//
//	call ─▶ greeting ─▶ keys ─▶ destination rings ─▶ citizen is heard ─▶ destination is heard ─▶ over
//
// Each arrow has a time of its own to come true; the first that does not is what failed.
package drill
