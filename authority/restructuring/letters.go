package restructuring

import (
	"math/bits"

	"filtjanst/authority/notice"
	"filtjanst/filing"
	"filtjanst/money"
)

// call asks a known creditor to report its claim (SKSL §§19, 21).
func (a *act) call(creditor filing.Party) error {
	return a.put(notice.Letter{
		Message: notice.CreditorCall, Recipient: notice.PersonOf(notice.Creditor, creditor),
		Facts: notice.Facts{
			"decided": notice.Date(a.Decided), "announced": notice.Date(a.Announced), "report_by": notice.Date(a.LastDay),
		},
	})
}

// sums adds up the lines of each report.
func sums(lines []Share) map[int64]Share {
	all := map[int64]Share{}
	for _, l := range lines {
		s := all[l.ReportID]
		s.Claim += l.Claim
		s.Share += l.Share
		all[l.ReportID] = s
	}
	return all
}

// toCreditors sends a letter for each report among those given.
func (a *act) toCreditors(of map[int64]Share, words func(r Report, s Share) (notice.Message, notice.Facts)) error {
	reports, err := a.room.Reports(a.tx, a.ID)
	if err != nil {
		return err
	}
	for _, r := range reports {
		s, concerned := of[r.ID]
		if !concerned {
			continue
		}
		to, found, err := a.recipient(r)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		message, facts := words(r, s)
		if err := a.put(notice.Letter{Message: message, Reference: r.Reference, Recipient: to, Facts: facts}); err != nil {
			return err
		}
	}
	return nil
}

// recipient is the creditor of a report or, where it has no address, the filer
// that stands for it; false if that has none either.
func (a *act) recipient(r Report) (notice.Person, bool, error) {
	creditor := notice.PersonOf(notice.Creditor, r.Creditor)
	if reached, err := a.room.letters.Reaches(a.tx, a.day, creditor); reached || err != nil {
		return creditor, reached, err
	}
	code, found, err := a.room.parties.ByID(a.tx, r.CodeID)
	if err != nil || !found {
		return notice.Person{}, false, err
	}
	filer := filing.Party{Name: code.Name, Street: code.Street, PostalCode: code.PostalCode, Town: code.Town}
	return notice.PersonOf(notice.Filer, filer), reachable(filer), nil
}

// reachable tells whether a letter finds the way.
func reachable(p filing.Party) bool {
	abroad := p.Country != "" && p.Country != "SE"
	return p.Name != "" && p.Town != "" && (p.PostalCode != "" || abroad)
}

// percent writes a part of a whole in percent, rounded down to two decimals.
func percent(part, whole money.Amount) string {
	if whole <= 0 || part < 0 || part > whole {
		return money.Rate(0).String() + " procent"
	}
	hi, lo := bits.Mul64(uint64(part), uint64(money.Whole/100)) // part ≤ whole, so the quotient fits
	hundredths, _ := bits.Div64(hi, lo, uint64(whole))
	return money.Rate(hundredths*100).String() + " procent"
}
