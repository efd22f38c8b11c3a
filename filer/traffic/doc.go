// Package traffic carries a filer's files to the authority and fetches what
// comes back, over SHS or e-transport (e-transport) with an organisation
// certificate.
//
// Nothing counts as fetched before it stands on disk, and nothing counts as
// sent before the other side said so. Over SHS a message is sent again under
// its first tx.id; over e-transport nothing is sent again after an unclear
// answer, since that may make a second file.
//
// The package must not know what a file means or how it is numbered.
package traffic
