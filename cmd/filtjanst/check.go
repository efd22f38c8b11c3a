package main

import (
	"context"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/forms"

	"github.com/spf13/cobra"
)

func addCheck(root *cobra.Command, a *app) {
	var c checkFlags
	cmd := &cobra.Command{
		Use:     "check FILE",
		GroupID: groupFiles,
		Short:   a.say("kontrollera en fil eller ett missiv", "check a file or a cover note"),
		Long: a.say(
			"Kontrollerar en transaktionsfil, eller ett missiv, som mottagningen gör det. FILE kan\nvara - för standard in. Det som bara myndighetens register kan avgöra nämns som inte\nkontrollerat. Finns ingivarens konfiguration till hands, varnas för krav som redan är\nöppna eller avgjorda i bokens register. Slutkoden är 0 för en godkänd fil och 1 om\nnågot avvisas.",
			"Checks a transaction file, or a cover note, as reception does. FILE may be - for\nstandard input. What only the authority's registers can settle is named as not\nchecked. Where the filer's configuration is at hand, claims that are open or decided\nalready in the register of its book are warned of. The exit code is 0 for an approved\nfile and 1 if anything is refused."),
		Example: "  filtjanst check ABC.ANSOKAN --cover-note ABC.MISSIV\n  filtjanst check ABC.ANSOKAN --format json",
		Args:    arguments(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), a, args[0]) },
	}
	c.register(cmd, a)
	root.AddCommand(cmd)
}

type checkFlags struct {
	profileFlags
	registerFlags
	note        string
	transaction string
	code        string
	sequence    int64
	today       string
}

func (c *checkFlags) register(cmd *cobra.Command, a *app) {
	f := cmd.Flags()
	f.StringVar(&c.note, "cover-note", "", a.say("jämför med missivet i `FILE`", "compare with the cover note in `FILE`"))
	f.StringVar(&c.transaction, "transaction", "", a.say("väntad transaktion `T`, till exempel bf.application", "expected transaction `T`, such as bf.application"))
	f.StringVar(&c.code, "code", "", a.say("väntad intressentkod `CODE`", "expected party code `CODE`"))
	f.Int64Var(&c.sequence, "expect-sequence", 0, a.say("väntat löpnummer `N`", "expected sequence number `N`"))
	f.StringVar(&c.today, "today", "", a.say("döm datum efter `DAY` (ÅÅÅÅ-MM-DD) i stället för i dag", "judge dates by `DAY` (YYYY-MM-DD) instead of today"))
	completeTransaction(cmd)
	c.profileFlags.register(cmd, a)
	c.registerFlags.register(cmd, a)
}

// expect makes of the flags what the file must agree with.
func (c *checkFlags) expect(a *app) (filing.Expect, error) {
	e := filing.Expect{
		Transaction: filing.Transaction(c.transaction), PartyCode: strings.ToUpper(c.code),
		Sequence: c.sequence, Today: a.today(),
	}
	if c.sequence < 0 {
		return e, misuse("--expect-sequence tar ett löpnummer från 1", "--expect-sequence takes a number from 1")
	}
	if err := knownTransaction(c.transaction); err != nil {
		return e, err
	}
	if c.today == "" {
		return e, nil
	}
	day, err := calendar.ParseDay(c.today)
	if err != nil {
		return e, misuse("--today tar en dag som 2026-03-02, inte %q", "--today takes a day such as 2026-03-02, not %q", c.today)
	}
	e.Today = day
	return e, nil
}

func (c *checkFlags) run(ctx context.Context, a *app, path string) error {
	e, err := c.expect(a)
	if err != nil {
		return err
	}
	if path == stdinName && c.note == stdinName {
		return misuse("fil och missiv kan inte båda vara standard in", "file and cover note cannot both be standard input")
	}
	file, err := a.open(ctx, path)
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := c.check(ctx, a, file, e)
	if err != nil {
		return err
	}
	if r.claimed, err = c.claimed(ctx, a, file, r); err != nil {
		return err
	}
	if err := a.report(r); err != nil {
		return failed(err, "kan inte skriva utdata", "the output cannot be written")
	}
	if r.verdict.Outcome != filing.Approved {
		return refusedQuietly()
	}
	return nil
}

// check judges the file, which may be a cover note itself.
func (c *checkFlags) check(ctx context.Context, a *app, file *source, e filing.Expect) (*report, error) {
	head, err := file.head()
	if err != nil {
		return nil, err
	}
	set, err := c.pickFor(head, e.PartyCode, e.Today)
	if err != nil {
		return nil, err
	}
	tx, _, known := set.Identify(head)
	if form := forms.Detect(head); !known && !a.json() && (form == forms.JSON || form == forms.CSV) {
		a.hint("check läser text och XML; filtjanst convert %s --to text gör en sådan fil", "check reads text and XML; filtjanst convert %s --to text makes such a file", file.title(a))
	}
	if info, _ := filing.Info(tx); info.Role == filing.RoleNote {
		return c.checkNoteAlone(ctx, a, file, set, tx, e)
	}
	r := &report{name: file.title(a), set: set}
	if c.note != "" {
		if err := c.addNote(ctx, a, r, tx, &e); err != nil {
			return nil, err
		}
	}
	e.Name = file.name
	w := a.watch(ctx, file, "kontrollerar", "checking")
	defer w.end()
	if r.verdict, r.facts, err = filing.Check(w, set, e); err != nil {
		return nil, failed(err, "filen kan inte läsas", "the file cannot be read")
	}
	if r.note != nil {
		r.verdict.RejectWith(r.note.verdict)
	}
	return r, nil
}

func (c *checkFlags) checkNoteAlone(ctx context.Context, a *app, file *source, set *filing.Set, tx filing.Transaction, e filing.Expect) (*report, error) {
	if c.note != "" {
		return nil, misuse("%s är ett missiv", "%s is a cover note", file.title(a)).
			hint("skriv filen först och missivet efter --cover-note", "write the file first and the cover note after --cover-note")
	}
	r, _, err := checkNote(ctx, a, file, set, tx)
	if err != nil {
		return nil, err
	}
	r.verdict.Reject(filing.Unexpected(r.facts, e)...)
	return r, nil
}

// addNote checks the cover note by itself; what it says is then expected of
// the file, if it can be read.
func (c *checkFlags) addNote(ctx context.Context, a *app, r *report, tx filing.Transaction, e *filing.Expect) error {
	file, err := a.open(ctx, c.note)
	if err != nil {
		return err
	}
	defer file.Close()
	info, known := filing.Info(tx)
	switch {
	case !known:
		return nil // the file's own verdict says that it fits no transaction
	case info.Note == "":
		return misuse("till %s hör inget missiv", "no cover note goes with %s", tx)
	}
	noteReport, note, err := checkNote(ctx, a, file, r.set, info.Note)
	if err != nil {
		return err
	}
	r.note = noteReport
	if noteReport.verdict.Outcome == filing.Approved {
		e.Note = &note
	}
	return nil
}

func checkNote(ctx context.Context, a *app, file *source, set *filing.Set, tx filing.Transaction) (*report, filing.Note, error) {
	w := a.watch(ctx, file, "kontrollerar missivet", "checking the cover note")
	defer w.end()
	verdict, note, facts, err := filing.CheckNote(w, set, tx)
	if err != nil {
		return nil, note, failed(err, "missivet kan inte läsas", "the cover note cannot be read")
	}
	return &report{name: file.title(a), set: set, verdict: verdict, facts: facts}, note, nil
}
