// Package staffing says how many agents the line needs.
//
// It is arithmetic: no clock, no state, the same figures give the same answer. It
// answers four questions. What happens when so many agents take these calls
// ([Expect]). How many agents a [Target] takes ([Needed]), and how many calls so
// many agents can carry ([Capacity], [Table]). What to do in this hour
// ([Line.Advise]). What a week will need, by its past ([Line.Plan]).
//
// # Units
//
// Calls arrive per hour. Load is in erlangs: the agents whom the calls would keep
// busy if nobody ever waited, which is arrivals in a time times the mean handling
// time over that time. It is the load offered, so the calls that gave up are in it
// (ITU-T E.501 tells offered from carried traffic; E.600 defines the erlang).
// Handling time is talk, hold and wrap-up. Shares and probabilities are between 0
// and 1; only a [Target] is in percent, as people say it.
//
// # The models
//
// Calls arrive at random at a steady rate (Poisson), handling times are
// exponential, calls are served in order of arrival by agents who can all take all
// of them.
//
//   - Erlang B ([ErlangB]): who finds everybody busy is lost. A step on the way.
//   - Erlang C ([ErlangC]): who finds everybody busy waits, for ever if need be.
//     With more load than agents the line grows without end. Both are from A. K.
//     Erlang, "Løsning af nogle Problemer fra Sandsynlighedsregningen af Betydning
//     for de automatiske Telefoncentraler", Elektroteknikeren 13 (1917).
//   - Erlang A ([Traffic] with Patience): who waits gives up after an exponential
//     time. C. Palm, "Research on telephone traffic carried by full availability
//     groups", Tele (1957); O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call
//     center with impatient customers", M&SOM 4 (2002). The line cannot grow
//     without end, and the model holds in overload too.
//
// Erlang C is the cautious one: for the same agents it promises less than Erlang A,
// so it asks for as many agents or more. None of the models knows a surge, whose
// arrivals are not steady, nor callers who dial again.
//
// # The percentage
//
// "80 % in 20 s" is judged as the wallboard judges it: of all calls that were
// answered, or gave up after at least 20 s, 80 % were answered within 20 s. Who gives
// up sooner counts neither way. So callers who give up in seconds make that figure
// good: a [Target] may limit how many give up, and advice and plans never ask for
// fewer agents than the calls would keep busy.
package staffing
