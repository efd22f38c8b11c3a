package filer

import (
	"fmt"
	"testing"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// approvedFile enters an approved application file of n documents in the book.
func approvedFile(tb testing.TB, d *Desk, sequence int64, n int) {
	tb.Helper()
	documents := make([]ledger.Document, n)
	for i := range documents {
		documents[i] = ledger.Document{Position: int64(i + 1), Reference: reference(sequence, i), Sum: 1000_00, Respondents: 1}
	}
	f, err := d.Book.Add(tb.Context(), ledger.File{Code: "ABC", Transaction: filing.BFApplication, Sequence: sequence, Digest: fmt.Sprint("d", sequence),
		Documents: int64(n), Path: "x"}, documents)
	if err != nil {
		tb.Fatal(err)
	}
	saved := ledger.Fetched{Address: "a", Tx: fmt.Sprint("r", sequence), Transaction: filing.BFApplicationReceipt, Path: "receipt"}
	if err := d.Book.Saved(tb.Context(), saved); err != nil {
		tb.Fatal(err)
	}
	files, err := d.Book.Unmatched(tb.Context())
	if err != nil || len(files) != 1 {
		tb.Fatal(files, err)
	}
	_, err = d.Book.Take(tb.Context(), files[0], func(t *ledger.Taking) error {
		_, _, err := t.Answer(f, filing.Receipt{Outcome: filing.Approved, ReadIn: day("2026-11-23")})
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func reference(sequence int64, i int) string { return fmt.Sprintf("26-%d-%07d", sequence, i) }

func confirmation(tb testing.TB, d *Desk, sequence int64, n int) string {
	tb.Helper()
	cases := make([]filing.Content, n)
	for i := range cases {
		cases[i] = &filing.ConfirmedCase{Reference: reference(sequence, i), CaseNumber: fmt.Sprintf("2026-%d-%07d", sequence, i), Registered: day("2026-11-23"),
			Fee: 300_00, Sum: 1000_00, State: filing.StateRegistered}
	}
	return answerFile(tb, d, filing.BFConfirmation, filing.FileFacts{Sequence: sequence, ReadIn: day("2026-11-23")}, cases...)
}

// BenchmarkTakeConfirmation takes in confirmations of 100 000 cases.
func BenchmarkTakeConfirmation(b *testing.B) {
	const size = 100_000
	d := desk(b, filing.TextForm)
	paths := make([]string, b.N)
	for i := range paths {
		approvedFile(b, d, int64(i+1), size)
		paths[i] = confirmation(b, d, int64(i+1), size)
	}
	b.ResetTimer()
	for _, path := range paths {
		received, err := d.Import(b.Context(), path)
		if err != nil || len(received) != 1 || received[0].Match == nil || received[0].Match.Matched != size {
			b.Fatal(received, err)
		}
	}
	b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "cases/s")
}

// million is a book of 1 000 000 confirmed documents.
func million(b *testing.B) *Desk {
	b.Helper()
	const files, size = 10, 100_000
	d := desk(b, filing.TextForm)
	for sequence := range int64(files) {
		approvedFile(b, d, sequence+1, size)
		if _, err := d.Import(b.Context(), confirmation(b, d, sequence+1, size)); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// BenchmarkStatus asks for the whole book, for one claim, and for the open
// cases, of a book of 1 000 000 documents.
func BenchmarkStatus(b *testing.B) {
	if testing.Short() {
		b.Skip("makes a book of a million documents")
	}
	d := million(b)
	b.Run("book", func(b *testing.B) {
		for b.Loop() {
			if s, err := d.Status(b.Context()); err != nil || s.Open != 1_000_000 || len(s.Files) != 10 {
				b.Fatal(s.Open, err)
			}
		}
	})
	b.Run("claim", func(b *testing.B) {
		for b.Loop() {
			if s, err := d.Story(b.Context(), reference(7, 4711)); err != nil || len(s.Cases) != 1 {
				b.Fatal(s, err)
			}
		}
	})
}
