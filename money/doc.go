// Package money holds amounts in öre, reads and writes them as Swedes do, and
// computes interest under the Interest Act (räntelagen, RL).
//
// Nothing overflows in silence, and nothing is rounded but by a rule that is
// named: see HalfUp. Days come in as time.Time, of which the date shown in its
// own location counts.
//
// The package reads the dated rates of statute and knows nothing else of the
// field: no cases, no files, no calendar.
package money
