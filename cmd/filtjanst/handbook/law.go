package handbook

import (
	"fmt"
	"strings"

	"filtjanst/authority/fee"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// feeNumbers are the numbers of law that each kind of fee comes from.
func feeNumbers() map[fee.Kind][]statute.Symbol {
	return map[fee.Kind][]statute.Symbol{
		fee.ApplicationFee: {statute.ApplicationFee},
		fee.BasicFee:       {statute.BasicFee},
		fee.RemovalFee:     {statute.RemovalFee},
		fee.InspectionFee:  {statute.InspectionFee},
		fee.PreparationFee: {statute.PreparationFee},
		fee.SaleFee:        {statute.SaleFee, statute.SaleFeeProperty},
		fee.ReminderFee:    {statute.Reminder},
	}
}

func feesPage(d *markdown) error {
	d.head(1, "Fees")
	d.text("The fees that a filer meets on its collective invoices. They are outside the scope of VAT. The amounts are those of [numbers-of-law.md](numbers-of-law.md), by the day on which the fee arises.")
	d.columns("fee", "avgift", "symbol", "amount", "basis", "service", "late interest")
	numbers := feeNumbers()
	for _, k := range fee.Kinds() {
		d.row(k.English, k.Swedish, code(string(k.Kind)), amounts(numbers[k.Kind]), basis(k.Basis), ofService(k.Service), yes(k.Bears))
	}
	d.text("A basic fee in enforcement is asked of the debtor first. What the debtor has not paid when the case or the fee year ends is passed on to the filer (UB 17:5, AvgF §16 a). The room can charge and invoice every kind in the table; the services of this edition charge application fees, basic fees, reminder fees and late interest.")
	d.text("The yearly fee in a debt restructuring (SKSF §12) is the debtor's and is not invoiced: it is taken out of each yearly payout, with what earlier payouts lacked of it, before the rest is divided among the creditors.")
	return nil
}

// ofService is where a fee arises.
func ofService(s filing.Service) string {
	if s == filing.AnyService {
		return "any"
	}
	return serviceInEnglish(s)
}

// amounts are the latest of each number.
func amounts(symbols []statute.Symbol) string {
	var all []string
	for _, s := range symbols {
		latest := ""
		for _, e := range statute.Entries() {
			if e.Symbol == s {
				latest = valueOf(e) + assumed(e)
			}
		}
		if latest != "" {
			all = append(all, latest)
		}
	}
	return strings.Join(all, "; ")
}

func assumed(e statute.Entry) string {
	if e.Assumed {
		return " (assumed)"
	}
	return ""
}

func valueOf(e statute.Entry) string {
	switch e.Kind {
	case statute.AnAmount:
		return strings.ReplaceAll(money.Amount(e.Ore).Kronor(), "\u00a0", " ")
	case statute.ARate:
		return percentOf(e.Rate)
	case statute.APeriod:
		return lengthOf(e.Period)
	}
	return fmt.Sprint(e.Count)
}

// percentOf writes a rate with as many decimals as it has: "-0.5 %", "8 %".
func percentOf(rate int64) string {
	text := strings.Replace(money.Rate(rate).String(), ",", ".", 1)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + " %"
}

func lengthOf(l statute.Length) string {
	var all []string
	for _, part := range []struct {
		n    int
		unit string
	}{{l.Years, "year"}, {l.Months, "month"}, {l.Weeks, "week"}, {l.Days, "day"}} {
		switch {
		case part.n == 1:
			all = append(all, "1 "+part.unit)
		case part.n != 0:
			all = append(all, fmt.Sprintf("%d %ss", part.n, part.unit))
		}
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, " ")
}

func lawPage(d *markdown) error {
	d.head(1, "Numbers of law")
	d.text("Every fee, cap, rate, period and count that the program computes with. They are data with a first day; an installation adds or replaces lines without a rebuild, with files that `numbers` in its configuration names. *Known* tells how well the number is known, and whether its first day is known otherwise; *assumed* marks what nobody has decided yet.")
	sources := map[statute.Source]string{
		statute.FromStatute: "statute", statute.FromWeb: "public page", statute.FromGeneral: "general knowledge",
		statute.FromInferred: "inferred", statute.FromProject: "project decision",
	}
	family := ""
	for _, e := range statute.Entries() {
		if name, _, _ := strings.Cut(string(e.Symbol), "."); name != family {
			family = name
			d.head(2, "%s", capitalised(family))
			d.columns("symbol", "number", "from", "until", "section", "what", "vad", "known")
		}
		until := ""
		if !e.Until.IsZero() {
			until = e.Until.Format("2006-01-02")
		}
		source := sources[e.Source]
		if e.FromSource != e.Source {
			source += "; day: " + sources[e.FromSource]
		}
		d.row(code(string(e.Symbol)), valueOf(e)+assumed(e), e.From.Format("2006-01-02"), until, e.Section, e.English, e.Swedish, source)
	}
	return nil
}
