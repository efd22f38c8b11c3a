// Package paymentorder is the service for payment orders
// (betalningsföreläggande, bf): the life of a case from its registration.
//
// An approved file of applications becomes cases in the evening run. Each
// application is one case with a case number (målnummer) and a fee; each pair
// of respondent and claim part has a state of its own (files.md §8.2), and the
// state of the case follows from those.
//
// Ids and case numbers of a whole file are set aside before its first
// document, in file order and without gaps: document n of a file has the nth
// of each, however often its reading is broken off and begun again.
//
// The room must not know how files travel, who reads them in and when, or what
// a file looks like: documents come typed and lines leave through a writer of
// filing.
package paymentorder
