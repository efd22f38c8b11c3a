package main

import (
	"fmt"
	"strings"
)

// The values of --lang.
const (
	swedish = "sv"
	english = "en"
)

// words is one text in both languages.
type words struct{ sv, en string }

func wordsf(sv, en string, args ...any) words {
	if len(args) == 0 {
		return words{sv, en}
	}
	return words{fmt.Sprintf(sv, args...), fmt.Sprintf(en, args...)}
}

func (w words) in(lang string) string {
	if lang == swedish {
		return w.sv
	}
	return w.en
}

// say chooses the text in the user's language.
func (a *app) say(sv, en string) string { return words{sv, en}.in(a.lang) }

// sayf is say with a format that both languages share the arguments of.
func (a *app) sayf(sv, en string, args ...any) string { return wordsf(sv, en, args...).in(a.lang) }

// note tells something on standard error.
func (a *app) note(sv, en string, args ...any) {
	fmt.Fprintln(a.err, wordsf(sv, en, args...).in(a.lang))
}

// hint tells what to do next, on standard error.
func (a *app) hint(sv, en string, args ...any) {
	fmt.Fprintf(a.err, "%s: %s\n", a.say("tips", "hint"), wordsf(sv, en, args...).in(a.lang))
}

// language settles in which language the commands describe themselves; it is
// read before the flags are, since their descriptions depend on it. Without
// --lang it follows the environment, as POSIX orders it.
func language(args []string, env func(string) string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return known(value)
		}
		if arg == "--lang" && i+1 < len(args) {
			return known(args[i+1])
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := env(name); value != "" {
			return known(value)
		}
	}
	return english
}

func known(value string) string {
	if strings.HasPrefix(strings.ToLower(value), swedish) {
		return swedish
	}
	return english
}
