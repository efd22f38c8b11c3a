package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filtjanst/authority"
	"filtjanst/authority/service"

	"github.com/spf13/cobra"
)

// nodeFlags say in which world of which running authority a command works.
type nodeFlags struct{ data, world string }

func (n *nodeFlags) register(cmd *cobra.Command, a *app) {
	f := cmd.PersistentFlags()
	f.StringVar(&n.data, "data", sandboxDir, a.say("myndighetens eller sandlådans datakatalog `DIR`", "data directory `DIR` of the authority or sandbox"))
	f.Var(newChoice(&n.world, authority.Production, authority.Test), "world", a.say("värld: production eller test (annars test i en sandlåda, production i en myndighet)", "world: production or test (else test of a sandbox, production of an authority)"))
}

// reach returns the running authority and the world that is meant: filers of a
// sandbox send to its test world.
func (n *nodeFlags) reach() (authority.Control, string) {
	c, world := running(n.data), n.world
	if world == "" {
		world = authority.Production
		if c.Data == filepath.Join(n.data, "authority") {
			world = authority.Test
		}
	}
	return c, world
}

// officerFlags say who acts and why.
type officerFlags struct{ by, reason string }

func (o *officerFlags) register(cmd *cobra.Command, a *app) {
	cmd.Flags().StringVar(&o.by, "by", "", a.say("vem som handlar, `NAME`", "who acts, `NAME`"))
	cmd.Flags().StringVar(&o.reason, "reason", "", a.say("varför, `TEXT`", "why, `TEXT`"))
}

func (o *officerFlags) check() error {
	if strings.TrimSpace(o.by) == "" || strings.TrimSpace(o.reason) == "" {
		return misuse("ange vem som handlar och varför, med --by NAME --reason TEXT", "say who acts and why, with --by NAME --reason TEXT")
	}
	return nil
}

// answered makes the fault of what a running authority answered.
func answered(err error) error {
	if err == nil {
		return nil
	}
	if r, ok := service.RefusedAs(err); ok {
		return refusedBy(r)
	}
	if errors.Is(err, authority.ErrNotRunning) {
		return failed(nil, "ingen myndighet körs på den katalogen", "no authority is running on that directory").
			hint("starta den med filtjanst serve eller filtjanst sandbox, och ange samma katalog med --data", "start it with filtjanst serve or filtjanst sandbox, and name the same directory with --data")
	}
	return failed(err, "myndigheten kunde inte svara", "the authority could not answer")
}

// refusedBy makes the fault of a refusal. What was asked in the wrong way, before
// any case was looked at, is wrong use.
func refusedBy(r *service.Refusal) *fault {
	f := &fault{exit: exitRefused, text: words{lowered(r.Swedish), lowered(r.English)}, code: r.Code, act: r.Act, states: r.States}
	switch r.Code {
	case "unknown_parameter", "missing_parameter", "bad_parameter", "missing_number":
		f.exit = exitMisuse
		if r.Act != "" {
			return f.hint("filtjanst case acts %s säger vad den behöver", "filtjanst case acts %s tells what it needs", r.Act)
		}
	case "wrong_state":
		if room, _, _ := strings.Cut(r.Act, "."); !slices.Contains(authority.CaseRooms(), room) {
			return f
		}
		return f.hint("filtjanst case show NUMBER visar vad som kan göras nu", "filtjanst case show NUMBER lists what can be done now")
	case "unknown_file":
		return f.hint("ange filen som KOD/NUMMER (ABC/17 av bf.application), KOD/TRANSAKTION/NUMMER (ABC/ve.application/17) eller transaktions-id ur kvittensen",
			"name the file as CODE/SEQUENCE (ABC/17 of bf.application), CODE/TRANSACTION/SEQUENCE (ABC/ve.application/17) or its transaction id, which the receipt gives")
	case "unknown_case":
		return f.hint("filtjanst case list visar målen; --world väljer värld", "filtjanst case list shows the cases; --world picks the world")
	}
	return f
}

// lowered makes a sentence a message: without capital and full stop. A name or
// abbreviation keeps its capital.
func lowered(sentence string) string {
	s := strings.TrimSuffix(sentence, ".")
	first, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsLower(next) || unicode.IsSpace(next) {
		return string(unicode.ToLower(first)) + s[n:]
	}
	return s
}
