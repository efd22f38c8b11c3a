package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/sandbox"

	"golang.org/x/text/encoding/charmap"
)

// story is the demo as it goes.
type story struct {
	*app
	world  *sandbox.Sandbox
	desk   *filer.Desk
	form   filing.Form
	kept   bool
	act    int
	peeked map[string]bool // names of files of which the beginning was shown
	result demoResult

	services []playedService
}

// demoResult is what demo --format json prints.
type demoResult struct {
	Sent struct {
		Documents     int64  `json:"documents"`
		SumOre        int64  `json:"sum_ore"`
		Sequence      int64  `json:"sequence"`
		TransactionID string `json:"transaction_id"`
	} `json:"sent"`
	Receipt      demoReceipt `json:"receipt"`
	Confirmation struct {
		Cases   int64 `json:"cases"`
		Matched int64 `json:"matched"`
	} `json:"confirmation"`
	Rejected  demoReceipt `json:"rejected"`
	Corrected demoReceipt `json:"corrected"`
	Kept      string      `json:"kept,omitempty"`
}

type demoReceipt struct {
	Outcome  filing.Outcome `json:"outcome"`
	Sequence int64          `json:"sequence"`
	Expected int64          `json:"expected_sequence"`
	ReadIn   string         `json:"read_in,omitempty"`
	Errors   []filing.Error `json:"errors,omitempty"`
}

// tell narrates a step; nothing is told to programs.
func (s *story) tell(sv, en string, args ...any) {
	if s.json() {
		return
	}
	s.act++
	fmt.Fprintf(s.out, "%2d  %s\n", s.act, wordsf(sv, en, args...).in(s.lang))
}

// show prints a detail under a step.
func (s *story) show(sv, en string, args ...any) {
	if !s.json() {
		fmt.Fprintf(s.out, "    %s\n", wordsf(sv, en, args...).in(s.lang))
	}
}

func (s *story) outcome(r filer.Received) string { return outcomeWord(r.Outcome).in(s.lang) }

// place tells where files stand, if they are kept.
func (s *story) place(paths ...string) {
	if !s.kept {
		return
	}
	for _, p := range paths {
		if p != "" { // not all files have a cover note
			s.show("%s", "%s", p)
		}
	}
}

// The demo shows so much of a text file: lines and characters of each.
const (
	peekLines = 3
	peekWidth = 72
)

// peek shows how a file begins.
func (s *story) peek(path string) {
	if s.json() || s.peeked[filepath.Base(path)] {
		return
	}
	s.peeked[filepath.Base(path)] = true
	raw, err := os.ReadFile(path)
	if err != nil {
		return
	}
	text, err := charmap.ISO8859_1.NewDecoder().Bytes(raw)
	if err != nil {
		return
	}
	for _, line := range firstLines(string(text)) {
		r := []rune(strings.TrimRight(line, "\r "))
		s.show("│ %s", "│ %s", string(r[:min(len(r), peekWidth)]))
	}
}

func firstLines(text string) []string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[:min(len(lines), peekLines)]
}

// mainRoad takes a list of claims to its confirmation.
func (s *story) mainRoad(ctx context.Context, cases int, dir string) error {
	built, err := s.build(ctx, cases, 1, filepath.Join(dir, "claims.csv"))
	if err != nil {
		return err
	}
	delivered, err := s.send(ctx)
	if err != nil {
		return err
	}
	s.result.Sent.Documents, s.result.Sent.SumOre, s.result.Sent.Sequence = built.File.Documents, int64(built.File.Sum), built.File.Sequence
	s.result.Sent.TransactionID = delivered.File.TransactionID
	receipt, err := s.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	s.result.Receipt = demoReceiptOf(receipt)
	s.tell("Kvittensen kom genast: nummer %d är %s. Dess SHA-256 är den sända filens.", "The receipt came at once: number %d is %s. Its SHA-256 is that of the file sent.", receipt.Sequence, s.outcome(receipt))
	s.place(receipt.Path)
	s.peek(receipt.Path)
	if err := s.evening(ctx); err != nil {
		return err
	}
	confirmation, err := s.fetch(ctx, filing.BFConfirmation)
	if err != nil {
		return err
	}
	if confirmation.Match == nil {
		return errors.New("the confirmation was not matched")
	}
	s.result.Confirmation.Cases, s.result.Confirmation.Matched = confirmation.Cases, confirmation.Match.Matched
	s.tell("Bekräftelsen har %d mål; %d är parade med egna referenser.", "The confirmation has %d cases; %d are matched to own references.", confirmation.Cases, confirmation.Match.Matched)
	return s.showCases(ctx, built)
}

func (s *story) build(ctx context.Context, cases int, seed uint64, path string) (filer.Built, error) {
	claims, err := s.claims(cases, seed)
	if err != nil {
		return filer.Built{}, err
	}
	if err := os.WriteFile(path, claims, 0o600); err != nil {
		return filer.Built{}, err
	}
	s.tell("Ingivaren %s har en lista på %d obetalda krav.", "The filer %s has a list of %d unpaid claims.", s.desk.Config.Code, cases)
	s.place(path)
	built, err := s.desk.Build(ctx, filer.BuildRequest{From: bytes.NewReader(claims)})
	if err != nil {
		return built, err
	}
	s.tell("Av den byggs en fil och ett missiv, kontrollerade: nummer %d, %d ansökningar, %s.", "Of it a file and a cover note are built and checked: number %d, %d applications, %s.", built.File.Sequence, built.File.Documents, built.File.Sum.Kronor())
	s.place(built.File.Path, built.File.NotePath)
	s.peek(built.File.Path)
	return built, nil
}

func (s *story) claims(cases int, seed uint64) ([]byte, error) {
	master, _, err := claimlist.ExampleClients()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = sandbox.Claims{Seed: seed, Cases: cases, Today: calendar.Of(s.world.Now()), Clients: sandbox.ClientsOf(master)}.WriteCSV(&b)
	return b.Bytes(), err
}

func (s *story) send(ctx context.Context) (filer.Delivery, error) {
	deliveries, err := s.desk.Send(ctx, filer.SendRequest{})
	if err != nil {
		return filer.Delivery{}, err
	}
	if len(deliveries) != 1 {
		return filer.Delivery{}, fmt.Errorf("%d files were sent, not one", len(deliveries))
	}
	d := deliveries[0]
	s.tell("Paret sänds som ett SHS-meddelande över ömsesidig TLS; transaktionsid %s.", "The pair is sent as one SHS message over mutual TLS; transaction id %s.", d.File.TransactionID)
	return d, nil
}

// fetch fetches what waits and returns the answer of the wanted kind.
func (s *story) fetch(ctx context.Context, want filing.Transaction) (filer.Received, error) {
	received, err := s.desk.Fetch(ctx)
	if err != nil {
		return filer.Received{}, err
	}
	for _, r := range received {
		if r.Problem != "" {
			return r, errors.New(r.Problem)
		}
	}
	for _, r := range received {
		if r.Transaction == want {
			return r, nil
		}
	}
	return filer.Received{}, fmt.Errorf("there was no %s to fetch", want)
}

func (s *story) evening(ctx context.Context) error {
	if _, err := s.world.Evening(ctx); err != nil {
		return err
	}
	s.tell("Klockan flyttas till vardagskvällen, %s, och filen läses in.", "The clock is moved to the weekday evening, %s, and the file is read in.", local(s.world.Now()))
	return nil
}

// shownCases is how many cases the demo shows.
const shownCases = 3

func (s *story) showCases(ctx context.Context, built filer.Built) error {
	documents, err := s.desk.Book.Documents(ctx, built.File.ID)
	if err != nil {
		return err
	}
	for _, d := range documents[:min(shownCases, len(documents))] {
		s.show("%s → mål %s, avgift %s", "%s → case %s, fee %s", d.Reference, d.CaseNumber, d.Fee.Kronor())
	}
	return nil
}

// deviation sends a file whose cover note says one document too many, and
// then the pair as it was built.
func (s *story) deviation(ctx context.Context, dir string) error {
	const cases = 5
	path := filepath.Join(dir, "more-claims.csv")
	built, err := s.build(ctx, cases, 2, path)
	if err != nil {
		return err
	}
	if err := s.spoilNote(built); err != nil {
		return err
	}
	s.tell("Missivet ändras: det säger en handling för mycket.", "The cover note is changed: it says one document too many.")
	if _, err := s.send(ctx); err != nil {
		return err
	}
	receipt, err := s.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	s.result.Rejected = demoReceiptOf(receipt)
	s.tell("Kvittensen: %s. Numret är inte förbrukat; %d väntas igen.", "The receipt: %s. The number is not used up; %d is expected again.", s.outcome(receipt), receipt.Expected)
	for _, e := range receipt.Errors {
		s.show("%s  %s", "%s  %s", e.Code, s.say(e.Swedish, e.English))
	}
	return s.correct(ctx, cases, path)
}

func (s *story) correct(ctx context.Context, cases int, path string) error {
	if _, err := s.build(ctx, cases, 2, path); err != nil {
		return err
	}
	if _, err := s.send(ctx); err != nil {
		return err
	}
	receipt, err := s.fetch(ctx, filing.BFApplicationReceipt)
	if err != nil {
		return err
	}
	s.result.Corrected = demoReceiptOf(receipt)
	s.tell("Det rättade paret under samma nummer, %d: %s.", "The corrected pair under the same number, %d: %s.", receipt.Sequence, s.outcome(receipt))
	return nil
}

func (s *story) spoilNote(built filer.Built) error {
	text, err := os.ReadFile(built.File.NotePath)
	if err != nil {
		return err
	}
	_, note, _, err := filing.CheckNote(bytes.NewReader(text), s.desk.Set, filing.BFApplicationNote)
	if err != nil {
		return err
	}
	*note.Documents++
	var spoilt bytes.Buffer
	if err := filing.WriteNote(&spoilt, s.desk.Set, s.form, note); err != nil {
		return err
	}
	return os.WriteFile(built.File.NotePath, spoilt.Bytes(), 0o600)
}

func demoReceiptOf(r filer.Received) demoReceipt {
	return demoReceipt{Outcome: r.Outcome, Sequence: r.Sequence, Expected: r.Expected, ReadIn: r.ReadIn, Errors: r.Errors}
}
