// Package shs is the protocol SHS (Spridnings- och hämtningssystem), versions
// 1.1 and 1.2 with MIME binding: the label, the message around it, agreements,
// product types, management messages and message lists, as well as a client
// and the two server handlers, receive service and delivery service.
//
// The package moves envelopes. It knows no filings, no database and no clock:
// storing is done behind [Inbox] and [Outbox], time, identities and randomness
// are handed in, and every document is read from a reader and written to a
// writer. Payloads are streamed and never held whole in memory.
//
// Reading is lenient, because peers differ; writing is strict and follows the
// order of the protocol's document types.
package shs
