package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/layout"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitRefused = 1 // the work was refused: a rejected file, a profile that contradicts itself
	exitMisuse  = 2 // wrong use: flags, arguments, names that do not exist
	exitFailed  = 3 // could not be carried out: files that cannot be read, no answer
)

// fault is what ends a command other than well. Any error that is not a fault
// is an unforeseen one, with exit code 3.
type fault struct {
	exit   int
	text   words // no capital, no full stop
	hints  []words
	cause  error
	errors []filing.Error // of the file that was refused
	quiet  bool           // the command has said all there is to say
	code   string         // of a refusal by an authority
	act    string         // that was refused, "bf.serve"
	states []string       // that do not allow it
}

func (f *fault) Error() string {
	if f.cause != nil && !strings.Contains(f.text.en, f.cause.Error()) {
		return f.text.en + ": " + f.cause.Error()
	}
	return f.text.en
}

func (f *fault) Unwrap() error { return f.cause }

// hint adds what to do, on a line of its own.
func (f *fault) hint(sv, en string, args ...any) *fault {
	f.hints = append(f.hints, wordsf(sv, en, args...))
	return f
}

// refused says that the work was refused.
func refused(sv, en string, args ...any) *fault {
	return &fault{exit: exitRefused, text: wordsf(sv, en, args...)}
}

// misuse says that the command was used wrongly.
func misuse(sv, en string, args ...any) *fault {
	return &fault{exit: exitMisuse, text: wordsf(sv, en, args...)}
}

// failed says that the work could not be carried out; the cause, if any, is
// printed after the words.
func failed(cause error, sv, en string, args ...any) *fault {
	return &fault{exit: exitFailed, text: wordsf(sv, en, args...), cause: cause}
}

// refusedQuietly ends a command whose output has told that the work was
// refused.
func refusedQuietly() error { return &fault{exit: exitRefused, quiet: true} }

// badConfig is the fault of a configuration file: one that cannot be read is as
// any other file, one that says what it may not is wrong use.
func badConfig(path string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok && p.Path == path {
		return notOpened(path, err)
	}
	return &fault{exit: exitMisuse, cause: err}
}

// ofList is the fault of what a list was to be used for. A list of which nothing
// can be made is work refused; a file of settings that contradicts itself is
// wrong use.
func ofList(err error, sv, en string) error {
	if u, ok := errors.AsType[*claimlist.Unusable](err); ok {
		return &fault{exit: exitRefused, text: words{sv + ": " + u.Swedish(), en + ": " + u.English()}}
	}
	if s, ok := errors.AsType[*filer.SettingsError](err); ok {
		return badConfig(s.Path, s.Err)
	}
	return notWritten(err, sv, en)
}

// notWritten is the fault of files that could not be written. A sequence number
// that their form has no room for is wrong use.
func notWritten(err error, sv, en string) error {
	if v, ok := errors.AsType[*layout.ValueError](err); ok && v.Path == "file.sequence" {
		return misuse(sv+": löpnumret är för stort för fältet %s", en+": the sequence number is too large for the field %s", v.Field).
			hint("filtjanst status visar bokens nästa nummer", "filtjanst status shows the book's next number")
	}
	return &fault{exit: exitFailed, text: words{sv, en}, cause: err}
}

func interrupted(err error) error {
	if f, ok := errors.AsType[*fault](err); ok && !errors.Is(err, context.Canceled) {
		return f
	}
	return &fault{exit: exitFailed, text: words{"avbrutet", "interrupted"}}
}

// exitCode maps every error to an exit code, here and nowhere else.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if f, ok := errors.AsType[*fault](err); ok {
		return f.exit
	}
	return exitFailed
}

// complain tells the error on standard error, for people or for programs.
func (a *app) complain(err error) {
	if err == nil {
		return
	}
	f, ok := errors.AsType[*fault](err)
	if !ok {
		f = &fault{exit: exitFailed, text: words{err.Error(), err.Error()}}
	}
	if f.quiet {
		return
	}
	if a.json() {
		a.complainJSON(f)
		return
	}
	fmt.Fprintf(a.err, "filtjanst: %s\n", f.said(a.lang))
	if len(f.errors) > 0 {
		a.writeErrors(a.err, f.errors, nil)
	}
	for _, h := range f.hints {
		a.hint("%s", "%s", h.in(a.lang))
	}
}

// said is the fault with its cause, in one language as far as the cause has one.
func (f *fault) said(lang string) string {
	text := f.text.in(lang)
	if f.cause == nil {
		return text
	}
	if text == "" {
		return f.cause.Error()
	}
	return text + ": " + f.cause.Error()
}

func (a *app) complainJSON(f *fault) {
	type hint struct {
		Swedish string `json:"sv"`
		English string `json:"en"`
	}
	told := struct {
		Exit    int         `json:"exit"`
		Code    string      `json:"code,omitempty"`
		Swedish string      `json:"sv"`
		English string      `json:"en"`
		Hints   []hint      `json:"hints"`
		Errors  []errorJSON `json:"errors,omitempty"`
		Act     string      `json:"act,omitempty"`
		States  []string    `json:"states,omitempty"`
	}{f.exit, f.code, f.said(swedish), f.said(english), []hint{}, errorsJSON(f.errors), f.act, f.states}
	for _, h := range f.hints {
		told.Hints = append(told.Hints, hint{h.sv, h.en})
	}
	_ = encode(a.err, formatJSONL, map[string]any{"error": told}) // nobody is left to tell
}
