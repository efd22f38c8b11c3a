// Package enforcement is the service for enforcement (verkställighet, ve): the
// life of a case from its registration to its final account (slutredovisning).
//
// A case is one debtor's. The cases of jointly liable debtors form a link group
// and share one debt: what comes in, or what the applicant lowers, in one of
// them is credited in the others at once, and nobody gets more than the debt
// (files.md §8.3). A later verdict on the same joint debt joins its group. What
// one debtor owes less than another is a ceiling on his liability
// (docs/decisions/0014). Money is kept as movements that are never changed; every
// balance is added up from them. The guard row of a debt is its group.
//
// What happens in a case is one row of the table of states; the same rows
// allow or refuse each step. A case has a base, where its handling stands, and
// holds, the bars to it (stay, bankruptcy, restructuring, death): when the last
// hold ends, it is as before.
//
// Choices that the law leaves open, all assumed: what comes in pays the
// authority's fees first, then interest, then costs, then capital, the oldest
// item first (UB 13:13); debtors who are not jointly liable owe equal shares;
// a deferral is measured from the start of what runs unbroken, and counted over
// twelve months back (UB 4:10).
//
// The room must not know how files travel, who reads them in and when, or what
// a file looks like: documents come typed and lines leave through a writer of
// filing. It must not know payment orders: a verdict comes as a FromVerdict.
package enforcement
