package main

import (
	"context"
	"strconv"
	"strings"

	"filtjanst/authority"
	"filtjanst/authority/notice"

	"github.com/spf13/cobra"
)

func lettersList(a *app, n *nodeFlags) *cobra.Command {
	var state, number string
	cmd := &cobra.Command{
		Use: "list", Args: arguments(0, 0), Short: a.say("lista brev", "list letters"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listLetters(cmd.Context(), n, state, number) },
	}
	cmd.Flags().Var(newChoice(&state, string(notice.Queued), string(notice.Fetched), string(notice.Acknowledged), string(notice.Failed), string(notice.Returned)),
		"state", a.say("bara de med läget", "only those in the state"))
	cmd.Flags().StringVar(&number, "case", "", a.say("bara målets, `NUMBER`", "only those of the case, `NUMBER`"))
	return cmd
}

func (a *app) listLetters(ctx context.Context, n *nodeFlags, state, number string) error {
	control, world := n.reach()
	all := byPages(func(after int64) ([]authority.LetterView, int64, error) {
		page, err := control.Letters(ctx, world, state, number, after)
		return page.Letters, page.Next, err
	})
	return printList(a, all, func(l authority.LetterView) []string {
		return []string{strconv.FormatInt(l.ID, 10), l.Day.String(), a.stateOfLetter(l.State), a.say(l.Swedish, l.English), l.Case, a.recipient(l)}
	}, words{"inga brev", "no letters"})
}

func (a *app) recipient(l authority.LetterView) string {
	if l.Name == "" {
		role, known := roles()[l.To]
		if !known {
			return string(l.To)
		}
		return role.in(a.lang)
	}
	return strings.TrimSuffix(l.Name+", "+l.Town, ", ")
}

// stateOfLetter is where a letter is, in words.
func (a *app) stateOfLetter(s notice.State) string {
	w, known := map[notice.State]words{
		notice.Queued: {"i kö", "queued"}, notice.Fetched: {"hämtat", "fetched"}, notice.Acknowledged: {"kvitterat", "acknowledged"},
		notice.Failed: {"misslyckat", "failed"}, notice.Returned: {"i retur", "returned"},
	}[s]
	if !known {
		return string(s)
	}
	return w.in(a.lang)
}

// roles are what persons are in letters.
func roles() map[notice.Role]words {
	return map[notice.Role]words{
		notice.Filer: {"ingivare", "filer"}, notice.Applicant: {"sökande", "applicant"}, notice.Respondent: {"svarande", "respondent"},
		notice.Debtor: {"gäldenär", "debtor"}, notice.Creditor: {"borgenär", "creditor"}, notice.Estate: {"dödsbo", "estate"},
		notice.Representative: {"ombud", "representative"}, notice.LegalRepresentative: {"ställföreträdare", "legal representative"},
		notice.Employer: {"arbetsgivare", "employer"}, notice.ChiefGuardian: {"överförmyndare", "chief guardian"},
	}
}
