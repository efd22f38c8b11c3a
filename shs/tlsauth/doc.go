// Package tlsauth makes the TLS configurations for SHS nodes and e-transport:
// client certificates demanded, accepted issuers and pinned peers as data, two
// certificates at once while one is changed, and revocation by CRL and OCSP.
//
// It proves who holds a certificate. What organisation that is, is said by
// package shs; whether it may come in, by whoever serves it.
package tlsauth
