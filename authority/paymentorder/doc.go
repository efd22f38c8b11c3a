// Package paymentorder is the service for payment orders
// (betalningsföreläggande, bf): the life of a case from its registration to
// legal force, or to whatever other end.
//
// An approved file of applications becomes cases in the evening run. Each
// application is one case with a case number (målnummer) and a fee. Each pair of
// respondent and claim part has a state of its own (files.md §8.2), by one table,
// [States]; the state of the case follows from those. A part that is contested
// in part is cut into slices, so that each has one state. What a withdrawal or a
// reduction does in a state is a second table, [Rulings].
//
// Time, officers and files act alike: cases are taken under guard, moved by the
// table in memory, and written as what has changed, with their deadlines, events
// and letters. Deadlines follow from the states and from nothing else.
//
// Choices that law and documents leave open, all the project's own (P):
//   - A reduction of the claim as a whole takes from accrued interest first, then
//     interest claimed as an amount, then costs, then capital (UB 13:13), in the
//     order of the application, and from what is not contested first. A reduction
//     of one part takes from its amount. What leaves nothing of a part discontinues
//     it; what leaves nothing of the claim is refused, and is to be withdrawn.
//   - Interest runs on what was paid until it was paid, if the day is told; what
//     is given up without a day of payment bears none.
//   - Respondents who are not jointly liable owe equal shares, and have a verdict
//     each. Those who are have one verdict, where the same is granted against them
//     at the same time.
//   - Costs above the caps are contested in the excess alone, from registration.
//   - One who objects before service was shown counts as served that day.
//   - What is held for an application (R70) and then does not fit it changes
//     nothing, and is noted in the case.
//
// Ids and case numbers of a whole file are set aside before its first
// document, in file order and without gaps: document n of a file has the nth
// of each, however often its reading is broken off and begun again.
//
// The room must not know how files travel, who reads them in and when, or what
// a file looks like: documents come typed and lines leave through a writer of
// filing. It must not know enforcement: verdicts go to an [Enforcer].
package paymentorder
