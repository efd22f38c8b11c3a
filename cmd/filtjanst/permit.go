package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"filtjanst/authority"

	"github.com/spf13/cobra"
)

func addParties(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "party",
		GroupID: groupAuthority,
		Short:   a.say("registret över intressenter: organisationer, koder, ombud, kontakter", "the register of parties: organisations, codes, representatives, contacts"),
		Example: "  filtjanst party add ABC organisation=556000-0167 name=\"Inkasso AB\" postal_code=12345 town=Provköping --by \"Handläggare 7\" --reason ansökan\n  filtjanst party show ABC",
		RunE:    menu,
	}
	n.register(cmd, a)
	cmd.AddCommand(&cobra.Command{
		Use: "list", Args: arguments(0, 0), Short: a.say("lista intressentkoder", "list party codes"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listParties(cmd.Context(), &n) },
	}, &cobra.Command{
		Use: "show CODE", Args: arguments(1, 1), Short: a.say("visa en kod med tillstånd, ombud och vad som förts in", "show a code with permits, representatives and what was entered"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.showParty(cmd.Context(), &n, args[0]) },
	})
	cmd.AddCommand(actCommands(a, &n, "party")...)
	root.AddCommand(cmd)
}

func addPermits(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "permit",
		GroupID: groupAuthority,
		Short:   a.say("tillstånd: bevilja, ändra, stäng av, återkalla, slå på utökningar", "permits: grant, amend, suspend, revoke, switch extensions on"),
		Example: "  filtjanst permit grant ABC service=bf per_day=5000 --by \"Handläggare 7\" --reason \"beslut 12\"\n  filtjanst party show ABC",
		RunE:    menu,
	}
	n.register(cmd, a)
	cmd.AddCommand(actCommands(a, &n, "permit")...)
	root.AddCommand(cmd)
}

// actCommands are the acts of a room that concern a party code, a command each.
func actCommands(a *app, n *nodeFlags, room string) (all []*cobra.Command) {
	for _, act := range actsOf(room) {
		var o officerFlags
		cmd := &cobra.Command{
			Use:   strings.ReplaceAll(act.Name, "_", "-") + " CODE [KEY=VALUE...]",
			Args:  arguments(1, -1),
			Short: a.say(act.Swedish, act.English),
			Long:  a.actHelp(act),
			ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
				if len(args) == 0 {
					return nil, cobra.ShellCompDirectiveNoFileComp
				}
				return a.completeParams(act, typed)
			},
			RunE: func(cmd *cobra.Command, args []string) error {
				pairs, err := contents(args[1:])
				if err != nil {
					return err
				}
				return a.act(cmd.Context(), n, o, act, args[0], pairs)
			},
		}
		o.register(cmd, a)
		all = append(all, cmd)
	}
	return all
}

// contents reads the value key=@FILE from the file, as a certificate.
func contents(pairs []string) ([]string, error) {
	read := make([]string, len(pairs))
	for i, pair := range pairs {
		read[i] = pair
		key, path, ok := strings.Cut(pair, "=@")
		if !ok {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, notOpened(path, err)
		}
		read[i] = key + "=" + string(text)
	}
	return read, nil
}

// actHelp describes the parameters of an act.
func (a *app) actHelp(act authority.ActInfo) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n\n", a.say(act.Swedish, act.English), a.basisOf(act.Basis))
	_ = table(&b, a.params(act, "  ")) // a builder does not fail
	return strings.TrimSpace(b.String())
}

func (a *app) listParties(ctx context.Context, n *nodeFlags) error {
	control, world := n.reach()
	all := byPages(func(after string) ([]authority.PartyView, string, error) {
		page, err := control.Parties(ctx, world, after)
		if err != nil || len(page) == 0 {
			return nil, "", err
		}
		return page, page[len(page)-1].Code, nil
	})
	return printList(a, all, a.partyCells, words{"registret är tomt", "the register is empty"})
}

func (a *app) partyCells(p authority.PartyView) []string {
	under := ""
	if p.MainCode != "" {
		under = "under " + p.MainCode
	}
	return []string{p.Code, p.Organisation, p.Name, string(p.Delivery), under}
}

func (a *app) showParty(ctx context.Context, n *nodeFlags, code string) error {
	control, world := n.reach()
	v, err := control.Party(ctx, world, code)
	if err != nil {
		return answered(err)
	}
	if a.json() {
		return a.printJSON(v)
	}
	return buffered(a.out, func(w io.Writer) error {
		a.writeParty(w, v)
		return nil
	})
}

func (a *app) writeParty(w io.Writer, v authority.PartyView) {
	fmt.Fprintf(w, "%s  %s\n", v.Code, v.Name)
	line := func(sv, en, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s: %s\n", a.say(sv, en), value)
		}
	}
	line("huvudkod", "main code", v.MainCode)
	line("organisation", "organisation", v.Organisation+" "+v.Owner)
	line("adress", "address", strings.Trim(strings.Join([]string{v.Street, strings.TrimSpace(v.PostalCode + " " + v.Town)}, ", "), ", "))
	line("giro", "giro", v.Giro)
	if v.Held > 0 {
		line("tillgodo", "held", v.Held.Kronor())
	}
	line("telefon", "phone", v.Phone)
	line("e-post", "email", v.Email)
	line("meddelanden", "messages", string(v.Notice))
	line("filer", "files", strings.TrimSpace(string(v.Delivery)+" "+v.Address+" "+v.URL))
	for _, p := range v.Permits {
		line("tillstånd", "permit", a.permitLine(p))
	}
	for _, tx := range v.Extensions {
		line("utökning", "extension", string(tx))
	}
	for _, c := range v.Contacts {
		line("kontakt", "contact", strings.TrimSpace(fmt.Sprintf("%d  %s, %s %s %s", c.ID, c.Role, c.Name, c.Phone, c.Email)))
	}
	for _, r := range v.Representatives {
		line("ombud", "representative", a.actorLine(r))
	}
	for _, r := range v.Relays {
		line("förmedlas av", "relayed by", a.actorLine(r))
	}
	for _, p := range v.Pins {
		line("nyckel", "key", strings.TrimSpace(fmt.Sprintf("%d  %s %s %s", p.ID, p.SPKI, period(p.From.String(), p.Last.String(), p.Last.IsZero()), p.Note)))
	}
	for _, e := range v.Entries {
		fmt.Fprintf(w, "%s  %s\n            %s\n", e.Day, a.say(e.Swedish, e.English), a.sayf("av %s: %s", "by %s: %s", e.Officer, e.Reason))
	}
}

func (a *app) permitLine(p authority.PermitView) string {
	line := fmt.Sprintf("%s %s %s", p.Service, a.permitState(string(p.State)), period(p.From.String(), p.Until.String(), p.Until.IsZero()))
	if p.Scope != "" {
		line += ", " + p.Scope
	}
	if p.PerDay > 0 {
		line += a.sayf(", %d av %d handlingar i dag", ", %d of %d documents today", p.Today, p.PerDay)
	}
	if p.PerMonth > 0 {
		line += a.sayf(", %d av %d i månaden", ", %d of %d this month", p.Month, p.PerMonth)
	}
	return line
}

func (a *app) permitState(state string) string {
	swedish := map[string]string{"open": "öppet", "suspended": "avstängt", "revoked": "återkallat"}
	return words{swedish[state], state}.in(a.lang)
}

func (a *app) actorLine(r authority.ActorView) string {
	return fmt.Sprintf("%d  %s %s", r.ID, r.Organisation, period(r.From.String(), r.Last.String(), r.Last.IsZero()))
}

// period is from when until when something holds.
func period(from, last string, open bool) string {
	if open {
		return from + " –"
	}
	return from + " – " + last
}
