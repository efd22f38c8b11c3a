// Package calendar knows civil days, Swedish working days, evening runs and
// the counting of statutory time.
//
// A Day is a date without a time of day; instants are time.Time and are turned
// into days in Europe/Stockholm (see Of). Whether a day is a working day is
// asked of a Calendar, when the next evening run is of an Evening, and when a
// deadline falls of Calendar.Deadline.
//
// The package must not know cases, files, money or statutes: periods come in
// as numbers and sections as text. It keeps no state and reads no clock except
// through the Clock that is handed in.
package calendar
