package notice

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

//go:embed messages.toml
var messagesTOML []byte

// Matrix says which message may go by which channel (R69).
type Matrix struct {
	entries []Entry
	byID    map[Message]Entry
}

// Choice is how one message goes.
type Choice struct{ Paper, Electronic bool }

// NewMatrix returns the matrix of this edition.
func NewMatrix() (*Matrix, error) { return readMatrix(messagesTOML) }

func readMatrix(text []byte) (*Matrix, error) {
	var file struct {
		Message []Entry `toml:"message"`
	}
	decoder := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("notice: read messages.toml: %w", err)
	}
	m := &Matrix{entries: file.Message, byID: map[Message]Entry{}}
	for _, e := range file.Message {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("notice: messages.toml: %s: %w", e.ID, err)
		}
		if _, twice := m.byID[e.ID]; twice {
			return nil, fmt.Errorf("notice: messages.toml: %s stands twice", e.ID)
		}
		m.byID[e.ID] = e
	}
	return m, nil
}

func (e Entry) check() error {
	for _, n := range append(slices.Clone(e.Permitted), e.Default) {
		if !known(n) {
			return fmt.Errorf("%q is not paper, electronic or both", n)
		}
	}
	if !e.permits(e.Default) {
		return fmt.Errorf("the default %s is not permitted", e.Default)
	}
	if e.Fixed != "" && len(e.Permitted) != 1 {
		return errors.New("a fixed cell permits one channel")
	}
	for _, r := range e.To {
		if r.title() == "" {
			return fmt.Errorf("unknown role %q", r)
		}
	}
	if len(e.To) == 0 || e.Swedish == "" || e.English == "" || e.Basis == "" || e.Mark == "" {
		return errors.New("to, sv, en, basis or mark is missing")
	}
	return e.checkFacts()
}

func (e Entry) checkFacts() error {
	for name, kind := range e.Optional {
		if _, twice := e.Facts[name]; twice {
			return fmt.Errorf("the fact %s is both demanded and optional", name)
		}
		if !kind.known() {
			return fmt.Errorf("the fact %s has the unknown kind %q", name, kind)
		}
	}
	for name, kind := range e.Facts {
		if !kind.known() {
			return fmt.Errorf("the fact %s has the unknown kind %q", name, kind)
		}
	}
	return nil
}

func known(n filing.Notice) bool {
	return n == filing.NoticePaper || n == filing.NoticeElectronic || n == filing.NoticeBoth
}

// Entries lists the matrix in its order.
func (m *Matrix) Entries() []Entry { return slices.Clone(m.entries) }

// Entry returns the row of a message.
func (m *Matrix) Entry(message Message) (Entry, bool) {
	e, ok := m.byID[message]
	return e, ok
}

// Allows refuses a choice that the matrix does not permit for the message, for
// use when the choice is made (R69). The refusal is a *service.Refusal.
func (m *Matrix) Allows(message Message, choice filing.Notice) error {
	e, ok := m.byID[message]
	switch {
	case !ok:
		return service.Refuse("unknown_message",
			fmt.Sprintf("Meddelandet %q finns inte.", message), fmt.Sprintf("There is no message %q.", message))
	case e.permits(choice):
		return nil
	case e.Fixed != "":
		return service.Refuse("notice_fixed",
			fmt.Sprintf("%s går alltid %s (%s).", e.Swedish, swedish(e.Default), e.Fixed),
			fmt.Sprintf("%s always goes %s (%s).", e.English, english(e.Default), e.Fixed))
	}
	return service.Refuse("notice_not_permitted",
		fmt.Sprintf("%s kan inte väljas som %q; välj %s.", e.Swedish, choice, list(e.Permitted, swedish, " eller ")),
		fmt.Sprintf("%s cannot be chosen as %q; choose %s.", e.English, choice, list(e.Permitted, english, " or ")))
}

// AllowsAny refuses a choice for a whole code, file or case that is none of the
// three. Where the matrix does not permit it for a message, the next choice in
// order counts for that message.
func (m *Matrix) AllowsAny(choice filing.Notice) error {
	if choice == "" || known(choice) {
		return nil
	}
	return service.Refuse("unknown_notice",
		fmt.Sprintf("%q är inget sätt att få meddelanden på; välj på papper, elektroniskt eller både och.", choice),
		fmt.Sprintf("%q is no way to get messages; choose paper, electronic or both.", choice))
}

// Choose decides how a message goes: by the choice for the case, then the file,
// then the code, then the service's default (R69). Empty choices, and those that
// the matrix does not permit for this message, are passed over. It is asked
// when the message is produced, so that a change of choice concerns messages
// produced after it (R47). An unknown message goes nowhere.
func (m *Matrix) Choose(message Message, ofCase, file, code filing.Notice) Choice {
	e := m.byID[message]
	for _, n := range []filing.Notice{ofCase, file, code} {
		if e.permits(n) {
			return choiceOf(n)
		}
	}
	return choiceOf(e.Default)
}

func choiceOf(n filing.Notice) Choice {
	return Choice{
		Paper:      n == filing.NoticePaper || n == filing.NoticeBoth,
		Electronic: n == filing.NoticeElectronic || n == filing.NoticeBoth,
	}
}

func swedish(n filing.Notice) string {
	return map[filing.Notice]string{
		filing.NoticePaper: "på papper", filing.NoticeElectronic: "elektroniskt",
		filing.NoticeBoth: "både på papper och elektroniskt",
	}[n]
}

func english(n filing.Notice) string {
	return map[filing.Notice]string{
		filing.NoticePaper: "on paper", filing.NoticeElectronic: "electronically",
		filing.NoticeBoth: "both on paper and electronically",
	}[n]
}

// list joins the words of the choices, the last by or.
func list(all []filing.Notice, word func(filing.Notice) string, or string) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = word(n)
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + or + words[last]
}
