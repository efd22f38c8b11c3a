// Package identity reads and checks Swedish identity numbers and giro numbers
// and keeps personal numbers out of logs.
//
// A Number prints masked everywhere: fmt with every verb, slog, JSON, text.
// Full and FullShort are the only ways to its digits, also when it lies in an
// unexported field of something that is printed.
//
// The package must not know parties, files or clocks: the day on which a
// ten-digit number is read comes in as a time.Time, of which the date shown in
// its own location counts.
package identity
