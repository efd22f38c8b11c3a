package filing_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"

	"github.com/google/go-cmp/cmp"
)

func receipt(errors []filing.Error) filing.Receipt {
	r := filing.Receipt{
		Transaction: filing.BFApplication, TransactionID: "3f1c9a52-0000-4000-8000-000000000001", PartyCode: "ABC", Sequence: 17,
		FileName: "ABC.ANSOKAN", Digest: strings.Repeat("ab", 32), NoteDigest: strings.Repeat("cd", 32),
		Arrived: time.Date(2026, time.November, 23, 14, 3, 59, 0, calendar.Stockholm()), Outcome: filing.Approved,
		Records: 20, Documents: 2, Sum: 5433620, Expected: 18, ReadIn: calendar.MustDay("2026-11-23"),
		Rules: strings.Repeat("0f", 32), Event: "4711", EventDigest: strings.Repeat("12", 32),
	}
	if len(errors) == 0 {
		return r
	}
	r.Outcome, r.ReadIn, r.Expected, r.Errors, r.ErrorCount, r.Counts = filing.Rejected, 0, 17, errors, 3000, map[filing.Code]int{}
	for _, e := range errors {
		r.Counts[e.Code] += 1000
	}
	return r
}

func someErrors() []filing.Error {
	return []filing.Error{
		filing.NewError("F231", filing.Place{Record: "99", Line: 40, Offset: 12345, Field: "SUMMA", Value: "1 348,00"}, money.Amount(134800), money.Amount(134801)),
		filing.NewError("D207", filing.Place{Reference: "26-0081234", Document: 2, Record: "20", Line: 7, Offset: 900, Field: "IDNUMMER"}, "svaranden", "respondent"),
		filing.NewError("D322", filing.Place{Reference: "ö-1", Document: 3, Line: 9, Offset: 1200}),
	}
}

func TestReceiptsSurvive(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		for _, want := range []filing.Receipt{receipt(nil), receipt(someErrors()), {Transaction: filing.BFApplication, TransactionID: "1", Outcome: filing.Superseded}} {
			var out bytes.Buffer
			if err := filing.WriteReceipt(&out, set, f, want); err != nil {
				t.Fatal(err)
			}
			got, err := filing.ReadReceipt(bytes.NewReader(out.Bytes()), set, filing.BFApplicationReceipt)
			if err != nil {
				t.Fatalf("%v in\n%s", err, out.String())
			}
			if !want.Arrived.IsZero() && !got.Arrived.Equal(want.Arrived) {
				t.Errorf("arrived %v, wants %v", got.Arrived, want.Arrived)
			}
			got.Arrived, want.Arrived = time.Time{}, time.Time{}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("receipt (-want +got):\n%s", d)
			}
		}
	})
}

func TestEveryCodeFitsAReceipt(t *testing.T) {
	t.Parallel()
	var all []filing.Error
	for _, c := range filing.Codes() {
		args := make([]any, len(c.Args))
		for i := range args {
			args[i] = strings.Repeat("Å€\x01", 40)
		}
		place := filing.Place{Field: strings.Repeat("f", 60), Value: strings.Repeat("\x7f€ä", 90), Record: strings.Repeat("Svår€nde/", 6), Reference: strings.Repeat("r", 30)}
		all = append(all, filing.NewError(c.Code, place, args...))
	}
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		r := receipt(all)
		r.ErrorCount = len(all)
		var out bytes.Buffer
		if err := filing.WriteReceipt(&out, set, f, r); err != nil {
			t.Fatal(err)
		}
		got, err := filing.ReadReceipt(bytes.NewReader(out.Bytes()), set, filing.BFApplicationReceipt)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(all, got.Errors); d != "" {
			t.Errorf("errors (-want +got):\n%s", d)
		}
	})
}

func TestReceiptHoldsBothClasses(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := filing.WriteReceipt(&out, filing.Own(), filing.XMLForm, receipt(someErrors())); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<Felklass>generellt</Felklass>", "<Felklass>handling</Felklass>", "<Utfall>avvisad</Utfall>", "<Ankomst>2026-11-23T14:03:59</Ankomst>"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in the receipt", want)
		}
	}
}

// TestUnknownPlacesAreLeftOut: the first byte of a file is a place like others.
func TestUnknownPlacesAreLeftOut(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		place filing.Place
		want  string // what stands of it in the receipt
		words string
	}{
		"none":      {filing.Place{}, "", "F276: "},
		"document":  {filing.Place{Document: 3}, "<Handling>3</Handling>", "F276: document 3: "},
		"first":     {filing.Place{Record: "00", Line: 1}, "<Post>00</Post><Rad>1</Rad><Byte>0</Byte>", "F276: line 1, byte 0: "},
		"somewhere": {filing.Place{Line: 7, Offset: 900}, "<Rad>7</Rad><Byte>900</Byte>", "F276: line 7, byte 900: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := filing.NewError("F276", test.place)
			var out bytes.Buffer
			if err := filing.WriteReceipt(&out, filing.Own(), filing.XMLForm, receipt([]filing.Error{e})); err != nil {
				t.Fatal(err)
			}
			place := regexp.MustCompile(`<(Handling|Post|Rad|Byte)>[^<]*</`+`(Handling|Post|Rad|Byte)>`).FindAllString(out.String(), -1)
			if got := strings.Join(place, ""); got != test.want {
				t.Errorf("the receipt says %q, want %q", got, test.want)
			}
			if got := e.Error(); !strings.HasPrefix(got, test.words+e.English) {
				t.Errorf("the error says %q, want %q before its words", got, test.words)
			}
		})
	}
}

func confirmed(n int) (filing.FileFacts, []filing.ConfirmedCase) {
	c := filing.FileFacts{PartyCode: "ABC", Sequence: 17, FileName: "ABC.ANSOKAN", ReadIn: filingtest.Today, Documents: int64(n)}
	cases := make([]filing.ConfirmedCase, n)
	for i := range cases {
		cases[i] = filing.ConfirmedCase{
			Reference: fmt.Sprintf("26-%07d", i), CaseNumber: fmt.Sprintf("01-%06d-26", i), Registered: filingtest.Today,
			Fee: 300 * money.Krona, Sum: money.Amount(100_000 + i),
		}
		c.Sum += cases[i].Fee
	}
	return c, cases
}

func TestConfirmationsSurvive(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		want, cases := confirmed(20)
		var out bytes.Buffer
		w, err := filing.NewWriter(&out, set, filing.BFConfirmation, f, want)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if err := w.Write(&c); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var got []filing.ConfirmedCase
		c, err := filing.Read(bytes.NewReader(out.Bytes()), set, filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
			got = append(got, *c)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, c) + cmp.Diff(cases, got); d != "" {
			t.Errorf("confirmation (-want +got):\n%s", d)
		}
		if _, err := filing.Read(bytes.NewReader(out.Bytes()), set, filing.BFConfirmation, func(*filing.ConfirmedCase) error { return errBroken }); !errors.Is(err, errBroken) {
			t.Errorf("the error of the function came back as %v", err)
		}
		var fault *filing.Error
		if _, err := filing.Read(bytes.NewReader(out.Bytes()[:out.Len()/2]), set, filing.BFConfirmation, func(*filing.ConfirmedCase) error { return nil }); !errors.As(err, &fault) {
			t.Errorf("half a confirmation is read with %v", err)
		}
	})
}

func TestWritersRefuseWrongTotals(t *testing.T) {
	t.Parallel()
	c, cases := confirmed(2)
	c.Documents = 3
	w, err := filing.NewWriter(&bytes.Buffer{}, filing.Own(), filing.BFConfirmation, filing.TextForm, c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		if err := w.Write(&cases[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err == nil {
		t.Error("a confirmation of 3 cases was closed after 2")
	}
}
