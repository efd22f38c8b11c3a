package identity

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
)

// Masked returns the number as it may be seen in logs and errors: century and
// year, or prefix and first two digits, are kept, all else is starred. The
// zero Number gives the empty string.
func (n Number) Masked() string {
	switch n.kind {
	case 0:
		return ""
	case Foreign:
		return n.foreign.String() + ":****"
	}
	t := n.digits()
	return string(t[:4]) + "****-****"
}

// String is Masked.
func (n Number) String() string { return n.Masked() }

// GoString is Masked in the form of a composite.
func (n Number) GoString() string { return "identity.Number(" + n.Masked() + ")" }

// Format prints the masked form for every verb of fmt, also those that would
// otherwise show fields.
func (n Number) Format(s fmt.State, verb rune) {
	text := n.Masked()
	switch {
	case verb == 'v' && s.Flag('#'):
		text = n.GoString()
	case verb == 'q':
		text = strconv.Quote(text)
	}
	if width, ok := s.Width(); ok {
		if s.Flag('-') {
			width = -width
		}
		text = fmt.Sprintf("%*s", width, text)
	}
	_, _ = s.Write([]byte(text)) // fmt has nowhere to report it
}

// LogValue gives the masked form to slog.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// MarshalText gives the masked form. There is no UnmarshalText on purpose: a
// masked number cannot be read back. Store Full, read with Parse12.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.Masked()), nil }

// MarshalJSON gives the masked form.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(n.Masked()) }
