// Package statute holds the numbers of Swedish law that the services need, as
// dated data: fees, caps, rates, periods and counts, each with its section,
// the day it holds from and how well it is known.
//
// The numbers stand in numbers.toml, never in code. An operator adds or
// replaces lines with a source of its own (New), without a rebuild.
//
// Days come in as time.Time, of which the date shown in its own location
// counts. The package must not know cases, files, money or calendars.
package statute
