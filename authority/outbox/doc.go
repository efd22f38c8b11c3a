// Package outbox keeps the files and messages that wait for filers (utkorg):
// receipts, confirmations, verdicts and the management messages of SHS. A
// message is written in the transaction of what it tells of; it is then
// fetched over SHS until it is acknowledged, fetched over e-transport by name,
// or pushed to the filer's own receive service.
//
//	          Put                     Ack, Confirmed
//	(nothing) ───► waiting ─────────────────────────► acknowledged ──┐
//	               │  │ SentWhole                                    │ Purge,
//	               │  └──────────► sent (still fetched by name) ─────┤ 60 days
//	               │ push refused for good, or Fault                 ▼
//	               └──────────────────────────────► quarantined   (nothing)
//
// The room knows addresses, products and bytes. It must not know what stands
// in a file, who owns a code, or how a channel speaks: HTTP, labels and
// certificates belong to the gateway.
package outbox
