package enforcement_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

func key(number string) filing.CaseKey { return filing.CaseKey{CaseNumber: number} }

func amount(number string, ore int64) *filing.Change {
	return &filing.Change{CaseKey: key(number), Kind: filing.ChangeAmount, Amount: moneyAmount(ore)}
}

func withdrawal(number string) *filing.Change {
	return &filing.Change{CaseKey: key(number), Kind: filing.ChangeWithdrawal, Reason: filing.WithdrawnPaid}
}

func (b *bench) deferral(number string, days int) *filing.Change {
	return &filing.Change{CaseKey: key(number), Kind: filing.ChangeDeferral, Until: b.in(days)}
}

// Each fault of a change has its code, and nothing of a refused one is kept.
func TestChangesThatAreRefused(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1), application("B", 2), application("C", 3, 4))
		number, other, linked := b.one("A").Number, b.one("B").Number, b.find("C")
		b.must(b.room.Withdraw(b.Context(), officer, other))
		foreign := withdrawal(number)
		foreign.Respondent = person(5)
		alien := withdrawal(number)
		alien.Applicant = person(5)
		unknownReference := &filing.Change{CaseKey: filing.CaseKey{Sequence: 99, Reference: "A"}, Kind: filing.ChangeWithdrawal}
		twoCases := withdrawal(number)
		twoCases.Sequence, twoCases.Reference = 1, "B"
		for name, test := range map[string]struct {
			changes []*filing.Change
			want    []filing.Code
		}{
			"two cases":         {[]*filing.Change{twoCases}, []filing.Code{"D361"}},
			"unknown":           {[]*filing.Change{withdrawal("U-2026-9999999")}, []filing.Code{"D401"}},
			"unknown reference": {[]*filing.Change{unknownReference}, []filing.Code{"D341"}},
			"closed":            {[]*filing.Change{amount(other, 100_00)}, []filing.Code{"D451"}},
			"not below":         {[]*filing.Change{amount(number, 9000_00)}, []filing.Code{"D453"}},
			"bad before good":   {[]*filing.Change{amount(number, 9000_00), amount(number, 100_00)}, []filing.Code{"D453"}},
			"too long":          {[]*filing.Change{b.deferral(number, 90)}, []filing.Code{"D454"}},
			"past":              {[]*filing.Change{b.deferral(number, 0)}, []filing.Code{"D461"}},
			"twice":             {[]*filing.Change{withdrawal(number), withdrawal(number)}, []filing.Code{"D350"}},
			"contradiction":     {[]*filing.Change{withdrawal(number), amount(number, 100_00)}, []filing.Code{"D351"}},
			"linked amounts":    {[]*filing.Change{amount(linked[0].Number, 100_00), amount(linked[1].Number, 200_00)}, []filing.Code{"D351"}},
			"other respondent":  {[]*filing.Change{foreign}, []filing.Code{"D347"}},
			"other applicant":   {[]*filing.Change{alien}, []filing.Code{"D348"}},
		} {
			f, docs := b.file(filing.VEChange, len(test.changes)), documents(test.changes...)
			if diff := cmp.Diff(test.want, codes(b.judge(f, docs))); diff != "" {
				b.Errorf("%s: %s", name, diff)
			}
		}
		otherCode := b.file(filing.VEChange, 1)
		otherCode.CodeID = 8
		if diff := cmp.Diff([]filing.Code{"D401"}, codes(b.judge(otherCode, documents(withdrawal(number))))); diff != "" {
			b.Errorf("another filer's: %s", diff)
		}
		if j := b.change(withdrawal(other)); len(j.Errors) > 0 || j.Notes[1].Effect != service.Already {
			b.Errorf("withdrawn again: %+v", j)
		}
	})
}

func TestDeferralsOfAYear(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		number := b.one("A").Number
		b.sleep(2)
		if j := b.change(b.deferral(number, 30)); len(j.Errors)+len(j.Warnings) > 0 {
			b.Fatalf("first: %+v", j)
		}
		b.sleep(31)
		if got := b.state(number); got != enforcement.InProgress {
			b.Fatalf("after the deferral: %s", got)
		}
		if j := b.change(b.deferral(number, 10)); len(j.Errors) > 0 || len(j.Warnings) != 1 || j.Warnings[0].Code != "W451" {
			b.Fatalf("second: %+v", j)
		}
		b.sleep(20)
		if diff := cmp.Diff([]filing.Code{"D455"}, codes(b.change(b.deferral(number, 10)))); diff != "" {
			b.Fatal(diff)
		}
		b.sleep(320) // the first is more than a year ago
		if j := b.change(b.deferral(number, 10)); len(j.Errors) > 0 {
			b.Errorf("a year later: %+v", j.Errors)
		}
	})
}

// What runs unbroken is one deferral: a second within it does not begin anew.
func TestProlongedDeferralIsMeasuredFromItsStart(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		number := b.one("A").Number
		b.change(b.deferral(number, 50))
		b.sleep(40)
		if diff := cmp.Diff([]filing.Code{"D454"}, codes(b.change(b.deferral(number, 30)))); diff != "" {
			b.Error(diff)
		}
		if j := b.change(b.deferral(number, 20)); len(j.Errors) > 0 {
			b.Errorf("%+v", j.Errors)
		}
	})
}

// A deferral that ended before a weekend is over on Monday, though no evening has
// told so; one that is granted on the day after the last is the same.
func TestDeferralAfterOneThatEnded(t *testing.T) {
	tests := map[string]struct {
		after int // days after the end of the first
		want  []filing.Code
	}{"the day after": {1, []filing.Code{"D454"}}, "after a weekend": {3, nil}}
	each(t, func(b *bench) {
		for reference, test := range tests {
			b.open(application(reference, 1))
			number := b.one(reference).Number
			b.sleep(2)
			b.change(b.deferral(number, 50))
			b.clock.Set(b.in(50+test.after).At(9, 0))
			if diff := cmp.Diff(test.want, codes(b.change(b.deferral(number, 45)))); diff != "" {
				b.Errorf("%s: %s", reference, diff)
			}
			b.sleep(30)
			if got := b.state(number); test.want == nil && got != enforcement.Deferral {
				b.Errorf("%s: %s", reference, got)
			}
		}
	})
}

// A deferral that is sent twice is one of the two that a year has.
func TestDeferralTwiceIsOne(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		number := b.one("A").Number
		once, prolonged := b.deferral(number, 30), b.deferral(number, 31)
		for i, want := range []service.Effect{service.Applied, service.Already, service.Already} {
			if j := b.change(once); len(j.Errors) > 0 || j.Notes[1].Effect != want {
				b.Fatalf("time %d: %+v", i+1, j)
			}
		}
		if j := b.change(prolonged); len(j.Errors) > 0 || j.Notes[1].Effect != service.Applied {
			b.Errorf("the second deferral: %+v", j)
		}
		if diff := cmp.Diff([]filing.Code{"D455"}, codes(b.change(once))); diff != "" {
			b.Error(diff)
		}
		if n := b.text(`SELECT CAST(COUNT(*) AS TEXT) FROM enforcement_deferral`); n != "2" {
			b.Errorf("%s deferrals are kept", n)
		}
	})
}

func TestLoweredDebtIsLowerInLinkedCases(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1, 2))
		all := b.find("A")
		j := b.change(amount(all[0].Number, 300_00), amount(all[1].Number, 300_00))
		if len(j.Errors) > 0 {
			b.Fatalf("%+v", j.Errors)
		}
		b.must(b.room.Withdraw(b.Context(), officer, all[1].Number))
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.Remaining != 300_00 {
			b.Errorf("final account %+v", final)
		}
	})
}

func TestChangesBeforeReadIn(t *testing.T) {
	each(t, func(b *bench) {
		f := b.file(filing.VEApplication, 3)
		docs := documents(application("A", 1), application("B", 2), application("C", 3, 4))
		changes := documents(
			&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "A"}, Kind: filing.ChangeWithdrawal},
			&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "B"}, Kind: filing.ChangeAmount, Amount: 500_00},
			&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "C", Respondent: person(4)}, Kind: filing.ChangeWithdrawal},
		)
		for i := range changes {
			changes[i].Unread = f.ID
		}
		j := b.lodge(b.file(filing.VEChange, 3), changes)
		if len(j.Errors) > 0 || j.Notes[1].Effect != service.Held {
			b.Fatalf("%+v", j)
		}
		b.apply(f, docs)
		_, lines := b.written(b.confirmation(f))
		var states []filing.ConfirmedState
		for _, l := range lines {
			states = append(states, l.(*filing.ConfirmedEnforcement).State)
		}
		want := []filing.ConfirmedState{filing.StateDiscontinued, filing.StateRegistered, filing.StateRegistered, filing.StateDiscontinued}
		if diff := cmp.Diff(want, states); diff != "" {
			b.Fatal(diff)
		}
		withdrawn := lines[0].(*filing.ConfirmedEnforcement)
		if withdrawn.Fee != 0 || b.state(withdrawn.CaseNumber) != enforcement.Closed {
			b.Errorf("withdrawn %+v", withdrawn)
		}
		b.must(b.room.Withdraw(b.Context(), officer, b.one("B").Number))
		for _, c := range b.sent()[filing.VEFinalAccount] {
			f := c.(*filing.FinalAccount)
			b.addsUp(f)
			if f.Reference == "B" && f.Remaining != 500_00 {
				b.Errorf("lowered before read-in: %+v", f)
			}
		}
	})
}

// The table state × change has a cell for each pair, and only those who are
// refused have a code.
func TestChangeRulesAreWhole(t *testing.T) {
	t.Parallel()
	cells := map[string]int{}
	for _, r := range enforcement.ChangeRules() {
		cells[string(r.State)+" "+string(r.Change)]++
		if (r.Effect == "") != (r.Code != "") {
			t.Errorf("cell %+v", r)
		}
		if _, known := filing.Explain(string(r.Code)); r.Code != "" && !known {
			t.Errorf("no code %s", r.Code)
		}
	}
	if want := 3 * len(enforcement.States().States); len(cells) != want {
		t.Errorf("%d cells, want %d", len(cells), want)
	}
}

// However many changes are held for one application, its file is read in.
func TestManyChangesHeldForOneApplication(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(filing.VEApplication, 1), documents(application("A", 1, 2))
		for i := range 40 {
			change := documents(&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "A"}, Kind: filing.ChangeAmount,
				Amount: 1000_00 - money.Amount(i+1)})
			change[0].Unread = f.ID
			if j := b.lodge(b.file(filing.VEChange, 1), change); len(j.Errors) > 0 {
				b.Fatal(j.Errors)
			}
		}
		b.apply(f, docs)
		for _, c := range b.find("A") {
			var owed enforcement.Owed
			b.read(func(r store.Reader) (err error) {
				owed, err = b.room.Owed(r, c.Number, b.today())
				return err
			})
			if owed.Debt != 999_60 {
				b.Errorf("%s is owed in %s", owed.Debt, c.Number)
			}
		}
	})
}

// A change that was held and does not fit the application is told in its case.
func TestHeldChangeThatDoesNotFit(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(filing.VEApplication, 1), documents(unlodged("A", 1))
		for _, change := range []*filing.Change{
			{Kind: filing.ChangeAmount, Amount: 900_000_00},
			{Kind: filing.ChangeDeferral, Until: b.in(20)}, // the title is awaited
		} {
			change.CaseKey = filing.CaseKey{Sequence: f.Sequence, Reference: "A"}
			held := documents(change)
			held[0].Unread = f.ID
			if j := b.lodge(b.file(filing.VEChange, 1), held); len(j.Errors) > 0 {
				b.Fatal(j.Errors)
			}
		}
		b.apply(f, docs)
		if _, lines := b.written(b.confirmation(f)); !lines[0].(*filing.ConfirmedEnforcement).HeldRefused {
			b.Errorf("confirmed %+v", lines[0])
		}
		want := []string{noted(string(filing.ChangeAmount), "D453"), noted(string(filing.ChangeDeferral), "D452")}
		if diff := cmp.Diff(want, b.unmade("A")); diff != "" {
			b.Error(diff)
		}
	})
}

// unmade is what the case of a reference tells of what was held and not made.
func (b *bench) unmade(reference string) (told []string) {
	b.Helper()
	b.read(func(r store.Reader) error {
		events, err := b.room.Story(r, b.one(reference).Number)
		told = told[:0]
		for _, e := range events {
			if e.Kind == "held_not_applicable" {
				told = append(told, e.Text)
			}
		}
		return err
	})
	return told
}

// noted is what a case tells of a change that was held and did not fit.
func noted(kind, code string) string {
	return kind + " " + code
}

// sentBy is a file of another code than the one that filed the applications.
func (b *bench) sentBy(code, main int64, docs []service.Document) (service.File, []service.Document) {
	f := b.file(filing.VEChange, len(docs))
	f.CodeID, f.MainCodeID = code, main
	return f, docs
}

// A main code reaches the cases of its sub-codes by number, and no code those
// of a sibling, of its main code or of another filer.
func TestMainCodeReachesItsSubCodes(t *testing.T) {
	each(t, func(b *bench) {
		const main, sub, sibling, foreign = 7, 71, 72, 8
		f, docs := b.sentBy(sub, main, documents(application("A", 1)))
		f.Transaction = filing.VEApplication
		b.apply(f, docs)
		b.open(application("B", 2))
		ofMain := b.one("B").Number
		var ofSub string
		b.read(func(r store.Reader) error {
			all, err := b.room.Find(r, sub, "A")
			if err == nil {
				ofSub = all[0].Number
			}
			return err
		})
		byReference := filing.CaseKey{Sequence: f.Sequence, Reference: "A"}
		for name, test := range map[string]struct {
			code, main int64
			key        filing.CaseKey
			want       []filing.Code
		}{
			"main, sub-code's":          {main, main, key(ofSub), nil},
			"sub, its own":              {sub, main, key(ofSub), nil},
			"sub, its own by reference": {sub, main, byReference, nil},
			"main, by reference":        {main, main, byReference, []filing.Code{"D341"}},
			"sub, main code's":          {sub, main, key(ofMain), []filing.Code{"D401"}},
			"sibling":                   {sibling, main, key(ofSub), []filing.Code{"D401"}},
			"another filer":             {foreign, foreign, key(ofSub), []filing.Code{"D401"}},
		} {
			if number := test.key.CaseNumber; number != "" {
				b.read(func(r store.Reader) error {
					known, err := b.room.KnownCases(r, service.File{CodeID: test.code, MainCodeID: test.main}, []string{number, "U-1999-0000001"})
					if got := slices.Contains(known, number); got != (test.want == nil) || len(known) > 1 {
						b.Errorf("%s: of %s known: %v", name, number, known)
					}
					return err
				})
			}
			change := &filing.Change{CaseKey: test.key, Kind: filing.ChangeWithdrawal}
			if diff := cmp.Diff(test.want, codes(b.judge(b.sentBy(test.code, test.main, documents(change))))); diff != "" {
				b.Errorf("%s: %s", name, diff)
			}
			moved := relocated(test.key, 1)
			if test.key.CaseNumber == ofMain {
				moved = relocated(test.key, 2)
			}
			f, docs := b.sentBy(test.code, test.main, documents(moved))
			if diff := cmp.Diff(test.want, codes(b.judgeParty(f, docs))); diff != "" {
				b.Errorf("%s, change of party data: %s", name, diff)
			}
		}
		j := b.lodge(b.sentBy(main, main, documents(withdrawal(ofSub))))
		if j.Notes[1].CaseNumber != ofSub || b.state(ofSub) != enforcement.Closed {
			b.Errorf("withdrawn by the main code: %+v, %s", j, b.state(ofSub))
		}
	})
}
