package main

import (
	"context"

	"filtjanst/authority"
	"filtjanst/calendar"

	"github.com/spf13/cobra"
)

func lettersProtected(a *app, n *nodeFlags) *cobra.Command {
	return &cobra.Command{
		Use: "protected PERSON", Args: arguments(1, 1),
		Short: a.say("visa om en person har skyddade personuppgifter, och vem som antecknat det", "tell whether a person's data are protected, and who noted it"),
		Long: a.say(
			"Registret frågas när ett brev läggs i kön, för alla mål. Det ändras med\nfiltjanst case act letter.protect och letter.lift_protection, och från ett mål med\nbf.protect och ve.protect.",
			"The register is asked when a letter is put in the queue, for all cases. It is changed\nby filtjanst case act letter.protect and letter.lift_protection, and from a case by\nbf.protect and ve.protect."),
		RunE: func(cmd *cobra.Command, args []string) error { return a.showProtections(cmd.Context(), n, args[0]) },
	}
}

func (a *app) showProtections(ctx context.Context, n *nodeFlags, person string) error {
	control, world := n.reach()
	all, err := control.Protections(ctx, world, person)
	if err != nil {
		return answered(err)
	}
	return printList(a, inMemory(all), func(p authority.ProtectionView) []string {
		return []string{p.Person, p.From.String() + "–" + a.endOf(p), p.By + ": " + p.Reason}
	}, words{"personen har inga skyddade personuppgifter", "the person has no protected data"})
}

// endOf tells when a protection ends, or who lifted it.
func (a *app) endOf(p authority.ProtectionView) string {
	switch {
	case !p.Lifted.IsZero():
		return a.sayf("hävt %s av %s: %s", "lifted %s by %s: %s", calendar.Of(p.Lifted), p.LiftedBy, p.LiftedReason)
	case !p.Until.IsZero():
		return p.Until.String()
	}
	return a.say("tills vidare", "until lifted")
}
