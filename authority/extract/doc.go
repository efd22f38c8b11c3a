// Package extract answers those who may know of a person's debts: the debt
// extract (skuldutdrag, de), the extract for procurement (utdrag i
// upphandlingssyfte, pe) and the extract for credit information (utdrag i
// kreditupplysningssyfte, ce). They are three services over one room.
//
// What may be told is data: [Scopes] lists, for each service and kind of user,
// the columns and rows with their legal ground (law.md §8). Queries select
// nothing else, so that what is outside a scope cannot come out, whatever is
// asked.
//
// Public cases (allmänna mål), bankruptcies, administrators and company
// reorganisations are registers of the room, filled by [Extracts.Import] in
// the formats that [Formats] documents. Private cases are read from the views
// of the rooms that own them, listed by [Views].
//
// For credit information the room keeps the lines that may be told, each valid
// from one revision to another. A delivery goes from the revision of the one
// before it to that of its own day, so that a difference is what changed
// between the two, however often it is written, and a full extract is what
// holds at its revision.
//
// The room must not know how files travel or what they look like, nor how a
// case is handled that it tells of.
package extract
