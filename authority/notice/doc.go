// Package notice decides by which channel each outgoing message goes, and keeps
// the letters (brev) that go on paper until a print service has sent them (R46
// to R49, R69).
//
// The matrix of messages and channels is data: messages.toml. What goes
// electronically goes as files of the transactions; this room only says so. A
// letter is put in the same transaction as what gave rise to it, its words come
// from a template of its message, and PDF and HTML are made of the same words.
// Words and layout are our own profile and are not set by any authority.
//
// The room keeps the register of persons with protected data (skyddade
// personuppgifter), which is asked where a letter is put. No address of such a
// person is kept here or stands in any letter: a letter to such a person is
// routed to the Tax Agency's forwarding (förmedlingsuppdrag).
//
// The room must not know how a case lives or why a letter is sent: whoever puts
// one gives the facts that the message demands.
package notice
