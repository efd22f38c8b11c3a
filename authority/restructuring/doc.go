// Package restructuring is the service for claims in debt restructuring
// (fordringsanmälan skuldsanering, sc): the life of a matter from the decision
// to initiate (inledandebeslut) to the last payout, and of the claims reported
// in it (files.md §8.4, law.md §7).
//
// A matter is opened by an officer or an import, and matched to the portfolios
// and lists of filers. Claim reports (fordringsanmälningar) are read in by
// evening, within the claim period and after it: a late one is flagged, never
// dropped. Each has an id and a status that its filer can ask for (R73).
// Officers examine the claims, make the creditors' register and the proposal,
// grant the restructuring with its plan, and record the yearly payouts, which
// are divided to the öre.
//
// The row of the matter is the guard of all that happens in it. Claims follow
// it: what a proposal, a grant or an end does to the claims is told once, by
// the event of the matter.
//
// The room must not know how files travel, who reads them in and when, or what
// a file looks like; nor which rooms hold the portfolios and the enforcement
// that an opening stops.
package restructuring
