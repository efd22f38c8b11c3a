package paymentorder_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"filtjanst/authority/fee"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func (b *bench) caseOf(number string) (c paymentorder.Case, found bool) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		c, found, err = b.orders.Case(r, number)
		return err
	})
	return c, found
}

// confirmation writes the confirmation of a file and reads it.
func (b *bench) confirmation(f service.File) (text string, head filing.FileFacts, lines []filing.ConfirmedCase) {
	b.Helper()
	var out bytes.Buffer
	b.read(func(r store.Reader) error {
		return b.orders.Write(r, service.Batch{
			Transaction: filing.BFConfirmation, CodeID: f.CodeID, Code: f.PartyCode, File: f.ID, Day: f.ReadInDay,
			Sequence: f.Sequence, Documents: f.Documents,
		}, service.Output{Writer: &out, Form: filing.TextForm, Set: filing.Own()})
	})
	text = out.String()
	head, err := filing.Read(&out, filing.Own(), filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
		lines = append(lines, *c)
		return nil
	})
	b.must(err)
	return text, head, lines
}

// What was filed is what stands in the case, to the last field.
func TestCaseHoldsTheApplication(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 120)
		b.must(b.apply(f, docs))
		for i, d := range docs {
			c, found := b.caseOf(fmt.Sprintf("2026-%07d", i+1))
			if !found {
				b.Fatalf("document %d has no case", d.Number)
			}
			want := *filed(d)
			if diff := cmp.Diff(want, c.Application, cmpopts.EquateEmpty()); diff != "" {
				b.Fatalf("document %d: %s", d.Number, diff)
			}
			if len(c.States) != len(want.Respondents)*len(want.Parts) || !c.Open() || c.States[0].State != paymentorder.Registered {
				b.Errorf("document %d: states %+v", d.Number, c.States)
			}
			if c.Fee != 300_00 || c.Registered != calendar.Of(b.clock.Now()) || !c.Arrived.Equal(arrived) || c.CodeID != 7 || c.Blocked {
				b.Errorf("document %d: %+v", d.Number, c)
			}
		}
		if _, found := b.caseOf("2026-0000121"); found {
			b.Error("a case too many")
		}
		var byReference paymentorder.Case
		b.read(func(r store.Reader) (err error) {
			byReference, _, err = b.orders.CaseByReference(r, f.ID, filed(docs[7]).Reference)
			return err
		})
		if byReference.Number != "2026-0000008" {
			b.Errorf("own reference of document 8 finds %q", byReference.Number)
		}
	})
}

func TestNoticeOfCaseGoesBeforeThatOfFile(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 2)
		f.Notice = filing.NoticePaper
		filed(docs[0]).Notice, filed(docs[1]).Notice = filing.NoticeBoth, ""
		b.must(b.apply(f, docs))
		for number, want := range map[string]filing.Notice{"2026-0000001": filing.NoticeBoth, "2026-0000002": filing.NoticePaper} {
			if c, _ := b.caseOf(number); c.Application.Notice != want {
				b.Errorf("%s: %q, want %q", number, c.Application.Notice, want)
			}
		}
	})
}

func TestFeesAreCharged(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 11)
		b.must(b.apply(f, docs))
		day := calendar.Of(b.clock.Now())
		c, _ := b.caseOf("2026-0000003")
		b.read(func(r store.Reader) error {
			sums, err := fee.New(b.db).Sums(r, 7, day, day)
			if diff := cmp.Diff([]fee.Sum{{Kind: fee.ApplicationFee, Count: 11, Amount: 11 * 300_00}}, sums); diff != "" {
				b.Error(diff)
			}
			if err != nil {
				return err
			}
			items, err := fee.New(b.db).OfCase(r, c.ID)
			if len(items) != 1 || items[0].Reference != c.Number {
				b.Errorf("fees of the case: %+v", items)
			}
			return err
		})
	})
}

func TestApplyIsNotRepeated(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 4)
		b.must(b.apply(f, docs))
		if _, twice := store.IsUnique(b.apply(f, docs[2:])); !twice {
			b.Error("the same documents became cases twice")
		}
		if n := b.count(`SELECT count(*) FROM paymentorder_case`); n != 4 {
			b.Errorf("%d cases", n)
		}
		other, strange := b.file(2, 2)
		strange[1].Number = 3
		if err := b.apply(other, strange); err == nil {
			b.Error("a document beyond the file was taken")
		}
		if err := b.apply(other, []service.Document{{Number: 1}}); err == nil {
			b.Error("a document without application was taken")
		}
		b.must(b.apply(other, nil))
	})
}

// The work runs twice where a transaction is repeated, and gives the same rows.
func TestWorkMayRunTwice(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 10)
		work, err := b.orders.Apply(b.Context(), f, docs)
		b.must(err)
		undo := errors.New("undo")
		if err := b.db.Do(b.Context(), func(tx store.Tx) error { return errors.Join(work(tx), undo) }); !errors.Is(err, undo) {
			b.Fatal(err)
		}
		b.must(b.db.Do(b.Context(), work))
		b.checkLines(f)
	})
}

func TestConfirmationOfWhatIsNotReadIn(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 3)
		write := func() error {
			return b.db.Read(b.Context(), func(r store.Reader) error {
				batch := service.Batch{Transaction: filing.BFConfirmation, File: f.ID, Code: "ABC", Documents: 3, Day: f.ReadInDay, Sequence: 1}
				return b.orders.Write(r, batch, service.Output{Writer: &bytes.Buffer{}, Form: filing.TextForm, Set: filing.Own()})
			})
		}
		if write() == nil {
			b.Error("the confirmation of an unread file was written")
		}
		b.must(b.apply(f, docs[:2]))
		if write() == nil {
			b.Error("the confirmation of a half-read file was written")
		}
		b.must(b.apply(f, docs[2:]))
		b.must(write())
	})
}

func TestPurge(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 130)
		b.must(b.apply(f, docs))
		day := calendar.MustDay("2030-01-01")
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
			_, err := tx.Exec(`UPDATE paymentorder_case SET purge_after = $1 WHERE id % 10 <> 0`, day)
			return err
		}))
		for _, step := range []struct {
			today calendar.Day
			want  int64
		}{{day, 0}, {day + 1, 117}, {day + 1, 0}} {
			n, err := b.orders.Purge(b.Context(), step.today)
			b.must(err)
			if n != step.want {
				b.Errorf("%s: %d deleted, want %d", step.today, n, step.want)
			}
		}
		for _, table := range []string{"case", "party", "respondent", "claim_part", "state"} {
			column := "case_id"
			if table == "case" {
				column = "id"
			}
			if n := b.count(`SELECT count(DISTINCT ` + column + `) FROM paymentorder_` + table); n != 13 {
				b.Errorf("rows of %d cases are left in %s, want 13", n, table)
			}
		}
	})
}
