// Package intake is the door: it keeps the bytes of what comes in, pairs file
// and cover note, checks them, settles the sequence number and gives the one
// receipt, all in the commit that takes the message.
//
//	                    ┌── same half, other bytes ──► superseded ─► receipt
//	arrival ─► waiting ─┼── alone too long ──────────► rejected ───► receipt
//	   │                └── the other half comes ─┐
//	   ├── unreadable, not entitled ──────────────│─► rejected ───► receipt
//	   └── needs no other half ──────────────────►┴─► approved │ approved in part │ rejected ─► receipt
//
// A repeat of what is approved or waits gets the first answer and changes
// nothing (DESIGN decision 12).
//
// An approved file takes effect in the same commit, waits for the evening, or is
// answered when its response time has passed. The service judges its documents:
// of a file that takes effect at once within the commit, else before it.
//
// Approved files stay in the [Archive], where services find one again by its
// number, read its own references and say how long its bytes are kept.
//
// The room must not know how a channel speaks, what a document means beyond
// which application it names, or what a service does with it: the gateway hands
// over parts, filing says what they are, and the services of package service
// act on them.
package intake
