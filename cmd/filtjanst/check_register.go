package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"filtjanst/filer"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

// registerFlags say whether a check is held against the filer's register too. A
// check by itself reads nothing but the file.
type registerFlags struct {
	deskFlags
	ask   bool
	asked *bool // ask, where the user has said so
}

func (r *registerFlags) register(cmd *cobra.Command, a *app) {
	cmd.Flags().BoolVar(&r.ask, "register", true, a.say("varna för krav som redan är öppna eller avgjorda i bokens register, om en konfiguration finns till hands",
		"warn of claims that are open or decided already in the register of the book, if a configuration is at hand"))
	r.deskFlags.register(cmd, a)
	before := cmd.PreRun
	cmd.PreRun = func(cmd *cobra.Command, args []string) {
		if before != nil {
			before(cmd, args)
		}
		if cmd.Flags().Changed("register") {
			r.asked = &r.ask
		}
	}
}

// claimed holds an application file that was approved against the register. Where
// the user has not asked for it, a register that is not there, or another's, says
// nothing.
func (r *registerFlags) claimed(ctx context.Context, a *app, file *source, checked *report) ([]filer.ClaimedBefore, error) {
	demanded := r.asked != nil && r.ask
	if !r.ask || checked.facts.Transaction != filing.BFApplication || checked.verdict.Outcome != filing.Approved {
		return nil, nil
	}
	c, found, err := r.load(a)
	if err != nil && (demanded || r.config != "") {
		return nil, err
	}
	_, missing := os.Stat(c.Ledger)
	switch {
	case err == nil && found && missing == nil && strings.EqualFold(c.Code, checked.facts.PartyCode):
	case demanded && (!found || missing != nil):
		return nil, misuse("här finns inget register att fråga", "there is no register here to ask").
			hint("ange konfigurationen med --config eller $FILTJANST_CONFIG", "name the configuration with --config or $FILTJANST_CONFIG")
	case demanded:
		return nil, misuse("registret hör till %s, filen till %s", "the register is that of %s, the file of %s", c.Code, checked.facts.PartyCode)
	default:
		return nil, nil
	}
	var all []filer.ClaimedBefore
	err = atDesk(ctx, a, c, func(d *filer.Desk) error {
		if err := file.rewind(); err != nil {
			return err
		}
		w := a.watch(ctx, file, "frågar registret", "asking the register")
		defer w.end()
		all, err = d.ClaimedIn(ctx, w, checked.set, checked.facts)
		return err
	})
	if err == nil || errors.Is(err, context.Canceled) {
		return all, err
	}
	if demanded {
		return nil, failed(err, "registret kunde inte frågas", "the register could not be asked")
	}
	a.note("registret kunde inte frågas: %v", "the register could not be asked: %v", err)
	return nil, nil
}
