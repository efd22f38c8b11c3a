package forms

import "fmt"

// Refusal is why a file cannot be read, or cannot be written in a form: where, and
// what is wrong there, in no capital and without a full stop.
type Refusal struct {
	swedish, english string
	cause            error
}

// refusal makes a Refusal of a format in both languages, with the same arguments,
// and what lies behind it, if anything.
func refusal(cause error, sv, en string, args ...any) *Refusal {
	if len(args) > 0 {
		sv, en = fmt.Sprintf(sv, args...), fmt.Sprintf(en, args...)
	}
	return &Refusal{sv, en, cause}
}

func (r *Refusal) Error() string { return r.with(r.english) }

// Swedish tells the reason in Swedish; what the engine says of it is English.
func (r *Refusal) Swedish() string { return r.with(r.swedish) }

// English tells the reason in English.
func (r *Refusal) English() string { return r.with(r.english) }

// Unwrap returns what the engine says of it, if anything.
func (r *Refusal) Unwrap() error { return r.cause }

func (r *Refusal) with(text string) string {
	if r.cause == nil {
		return text
	}
	return text + ": " + r.cause.Error()
}
