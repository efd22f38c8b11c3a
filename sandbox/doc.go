// Package sandbox is the rehearsal stage: a synthetic world in which a filer's
// developer plays the whole exchange before talking to the real authority. It
// holds a test CA, made-up filers with certificates, codes and permits, a
// generator of believable claims, a small country of which extracts tell,
// debtors who act by the serial of their test number (see Behaviours), and a
// clock that can be moved.
//
// Everything in it is made up; only the identity numbers are chosen so that
// they pass their checks and cannot belong to a living person. It promises no
// API.
package sandbox
