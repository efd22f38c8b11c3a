// Package gateway is where filers' systems meet the authority: SHS and
// e-transport over mutual TLS. It finds out which organisation stands at the
// other end and which world is meant, and hands on to intake or from outbox.
//
//	POST /shs/rs                                   receive service
//	GET  /shs/ds/<address>[/<product>]?…           list
//	GET  /shs/ds/<address>/<tx.id>                 fetch
//	POST /shs/ds/<address>/<tx.id>?action=ack      acknowledge
//	GET  /et/et_web/auto/<product>?getfilenames=true
//	GET  /et/et_web/auto/<product>/<name>
//	POST /et/et_web/auto/<product>
//	PUT  /et/et_web/auto/<product>/<name>
//
// An upload over e-transport that was taken is answered with 200 and a small
// XML document of our own, also where the file was rejected:
//
//	<answer>
//	  <transaction-id>…</transaction-id>
//	  <arrived>2026-11-23T10:15:00</arrived>
//	  <duplicate>false</duplicate>
//	  <file><transaction>bf.application</transaction><outcome sv="avvisad">rejected</outcome></file>
//	</answer>
//
// The package must not know what a file means, who may file what, or how a
// database is laid out.
package gateway
