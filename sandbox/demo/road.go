package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/sandbox"
)

// RoadResult is what came of the main road, as programs read it.
type RoadResult struct {
	Sent struct {
		Documents     int64  `json:"documents"`
		SumOre        int64  `json:"sum_ore"`
		Sequence      int64  `json:"sequence"`
		TransactionID string `json:"transaction_id"`
	} `json:"sent"`
	Receipt      Receipt `json:"receipt"`
	Confirmation struct {
		Cases   int64 `json:"cases"`
		Matched int64 `json:"matched"`
	} `json:"confirmation"`
	Rejected  Receipt `json:"rejected"`  // of the file whose cover note differs
	Corrected Receipt `json:"corrected"` // of the same file with the right one
	Kept      string  `json:"kept,omitempty"`
}

// Receipt is what a receipt says of a file.
type Receipt struct {
	Outcome  filing.Outcome `json:"outcome"`
	Sequence int64          `json:"sequence"`
	Expected int64          `json:"expected_sequence"`
	ReadIn   string         `json:"read_in,omitempty"`
	Errors   []filing.Error `json:"errors,omitempty"`
}

func receiptOf(r filer.Received) Receipt {
	return Receipt{Outcome: r.Outcome, Sequence: r.Sequence, Expected: r.Expected, ReadIn: r.ReadIn, Errors: r.Errors}
}

// MainRoad takes a list of so many claims to its confirmation, and then sends a
// file whose cover note says one document too many, and the corrected pair.
func MainRoad(ctx context.Context, world *sandbox.Sandbox, o Options, claims int) (RoadResult, error) {
	r := road{}
	err := o.play(ctx, world, func(s *story) error {
		r.story = s
		if err := r.forward(ctx, claims); err != nil {
			return err
		}
		return r.deviation(ctx)
	})
	r.result.Kept = o.kept()
	return r.result, err
}

// road is the main road as it is played.
type road struct {
	*story
	result RoadResult
}

// forward takes a list of claims to its confirmation.
func (r *road) forward(ctx context.Context, cases int) error {
	built, err := r.build(ctx, cases, 1, filepath.Join(r.Dir, "claims.csv"))
	if err != nil {
		return err
	}
	delivered, err := r.send(ctx)
	if err != nil {
		return err
	}
	r.result.Sent.Documents, r.result.Sent.SumOre, r.result.Sent.Sequence = built.File.Documents, int64(built.File.Sum), built.File.Sequence
	r.result.Sent.TransactionID = delivered.File.TransactionID
	receipt, err := r.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	r.result.Receipt = receiptOf(receipt)
	r.tell("Kvittensen kom genast: nummer %d är %s. Dess SHA-256 är den sända filens.", "The receipt came at once: number %d is %s. Its SHA-256 is that of the file sent.", receipt.Sequence, outcome(receipt))
	r.place(receipt.Path)
	r.peek(receipt.Path)
	if err := r.evening(ctx); err != nil {
		return err
	}
	confirmation, err := r.fetch(ctx, filing.BFConfirmation)
	if err != nil {
		return err
	}
	if confirmation.Match == nil {
		return errors.New("the confirmation was not matched")
	}
	r.result.Confirmation.Cases, r.result.Confirmation.Matched = confirmation.Cases, confirmation.Match.Matched
	r.tell("Bekräftelsen har %d mål; %d är parade med egna referenser.", "The confirmation has %d cases; %d are matched to own references.", confirmation.Cases, confirmation.Match.Matched)
	return r.showCases(ctx, built)
}

func (r *road) build(ctx context.Context, cases int, seed uint64, path string) (filer.Built, error) {
	claims, err := r.claims(cases, seed)
	if err != nil {
		return filer.Built{}, err
	}
	if err := os.WriteFile(path, claims, 0o600); err != nil {
		return filer.Built{}, err
	}
	r.tell("Ingivaren %s har en lista på %d obetalda krav.", "The filer %s has a list of %d unpaid claims.", r.desk.Config.Code, cases)
	r.place(path)
	built, err := r.desk.Build(ctx, filer.BuildRequest{From: bytes.NewReader(claims)})
	if err != nil {
		return built, err
	}
	r.tell("Av den byggs en fil och ett missiv, kontrollerade: nummer %d, %d ansökningar, %s.", "Of it a file and a cover note are built and checked: number %d, %d applications, %s.", built.File.Sequence, built.File.Documents, built.File.Sum.Kronor())
	r.place(built.File.Path, built.File.NotePath)
	r.peek(built.File.Path)
	return built, nil
}

func (r *road) claims(cases int, seed uint64) ([]byte, error) {
	master, _, err := claimlist.ExampleClients()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = sandbox.Claims{Seed: seed, Cases: cases, Today: calendar.Of(r.world.Now()), Clients: sandbox.ClientsOf(master)}.WriteCSV(&b)
	return b.Bytes(), err
}

func (r *road) send(ctx context.Context) (filer.Delivery, error) {
	deliveries, err := r.desk.Send(ctx, filer.SendRequest{})
	if err != nil {
		return filer.Delivery{}, err
	}
	if len(deliveries) != 1 {
		return filer.Delivery{}, fmt.Errorf("%d files were sent, not one", len(deliveries))
	}
	d := deliveries[0]
	r.tell("Paret sänds som ett SHS-meddelande över ömsesidig TLS; transaktionsid %s.", "The pair is sent as one SHS message over mutual TLS; transaction id %s.", d.File.TransactionID)
	return d, nil
}

// fetch fetches what waits and returns the answer of the wanted kind.
func (r *road) fetch(ctx context.Context, want filing.Transaction) (filer.Received, error) {
	received, err := r.desk.Fetch(ctx)
	if err != nil {
		return filer.Received{}, err
	}
	for _, f := range received {
		if f.Problem != "" {
			return f, errors.New(f.Problem)
		}
	}
	for _, f := range received {
		if f.Transaction == want {
			return f, nil
		}
	}
	return filer.Received{}, fmt.Errorf("there was no %s to fetch", want)
}

func (r *road) evening(ctx context.Context) error {
	if _, err := r.world.Evening(ctx); err != nil {
		return err
	}
	r.tell("Klockan flyttas till vardagskvällen, %s, och filen läses in.", "The clock is moved to the weekday evening, %s, and the file is read in.", r.clock())
	return nil
}

// shownCases is how many cases the demo shows.
const shownCases = 3

func (r *road) showCases(ctx context.Context, built filer.Built) error {
	documents, err := r.desk.Book.Documents(ctx, built.File.ID)
	if err != nil {
		return err
	}
	for _, d := range documents[:min(shownCases, len(documents))] {
		r.show("%s → mål %s, avgift %s", "%s → case %s, fee %s", d.Reference, d.CaseNumber, d.Fee.Kronor())
	}
	return nil
}

// deviation sends a file whose cover note says one document too many, and
// then the pair as it was built.
func (r *road) deviation(ctx context.Context) error {
	const cases = 5
	path := filepath.Join(r.Dir, "more-claims.csv")
	built, err := r.build(ctx, cases, 2, path)
	if err != nil {
		return err
	}
	if err := r.spoilNote(built); err != nil {
		return err
	}
	r.tell("Missivet ändras: det säger en handling för mycket.", "The cover note is changed: it says one document too many.")
	if _, err := r.send(ctx); err != nil {
		return err
	}
	receipt, err := r.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	r.result.Rejected = receiptOf(receipt)
	r.tell("Kvittensen: %s. Numret är inte förbrukat; %d väntas igen.", "The receipt: %s. The number is not used up; %d is expected again.", outcome(receipt), receipt.Expected)
	for _, e := range receipt.Errors {
		r.show("%s  %s", "%s  %s", e.Code, text{e.Swedish, e.English})
	}
	return r.correct(ctx, cases, path)
}

func (r *road) correct(ctx context.Context, cases int, path string) error {
	if _, err := r.build(ctx, cases, 2, path); err != nil {
		return err
	}
	if _, err := r.send(ctx); err != nil {
		return err
	}
	receipt, err := r.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	r.result.Corrected = receiptOf(receipt)
	r.tell("Det rättade paret under samma nummer, %d: %s.", "The corrected pair under the same number, %d: %s.", receipt.Sequence, outcome(receipt))
	return nil
}

func (r *road) spoilNote(built filer.Built) error {
	text, err := os.ReadFile(built.File.NotePath)
	if err != nil {
		return err
	}
	_, note, _, err := filing.CheckNote(bytes.NewReader(text), r.desk.Set, filing.BFApplicationNote)
	if err != nil {
		return err
	}
	*note.Documents++
	var spoilt bytes.Buffer
	if err := filing.WriteNote(&spoilt, r.desk.Set, r.Form, note); err != nil {
		return err
	}
	return os.WriteFile(built.File.NotePath, spoilt.Bytes(), 0o600)
}
