package shs

import (
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"
)

const (
	txA     = "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01"
	txB     = "f0d04c1a-6f7b-4c86-8d3e-2b1a9c5e7d10"
	content = "7c3b9e0e-52a5-4b0b-a7a5-9c0f8f1f6c02"
	product = "11111111-2222-4333-8444-555555555555"
)

// sampleXML is the label of the specification's sample, in UTF-8 as Go holds it.
const sampleXML = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE shs.label SYSTEM "shs-label-1.2.dtd">
<shs.label version="1.2" tx.id="` + txA + `" corr.id="` + txA + `" transfer-type="asynch" message-type="simple" document-type="simple" sequence-type="event" status="test"><from commonName="Inkasso Test AB">urn:X-shs:5560000167</from><to commonName="Mottagaren">urn:X-shs:2021000001</to><product commonName="Ansökan">urn:X-shs:` + product + `</product><meta name="lopnummer">17</meta><subject>Ansökan</subject><datetime>2025-11-03T08:15:00</datetime><content content.id="` + content + `"><data datapartType="ansokan" filename="ABC.ANSOKAN" no-of-bytes="11"/></content></shs.label>`

func sampleTime() time.Time { return time.Date(2025, 11, 3, 8, 15, 0, 0, Stockholm()) }

func sampleLabel() *Label {
	return &Label{
		Version: "1.2", TxID: txA, CorrID: txA, Transfer: Asynchronous,
		MessageType: Simple, DocumentType: Simple, Sequence: Event, Status: Test,
		From:    &Ref{Value: "5560000167", Name: "Inkasso Test AB"},
		To:      &Ref{Value: "2021000001", Name: "Mottagaren"},
		Product: Ref{Value: product, Name: "Ansökan"},
		Meta:    []Meta{{"lopnummer", "17"}}, Subject: "Ansökan", Datetime: sampleTime(),
		Content: Content{ID: content, Data: []Data{{Type: "ansokan", Filename: "ABC.ANSOKAN", Bytes: 11}}},
	}
}

// latin1 gives a UTF-8 literal in ISO 8859-1.
func latin1(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return out
}

func seeded(seed uint64) io.Reader {
	return rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
}

// wantCode fails unless err is an *Error of the code; an empty code means no error.
func wantCode(t *testing.T, err error, code Code) {
	t.Helper()
	var coded *Error
	switch {
	case code == "" && err == nil:
	case code == "":
		t.Fatalf("got %v, want no error", err)
	case !errors.As(err, &coded):
		t.Fatalf("got %v, want %s", err, code)
	case coded.Code != code:
		t.Fatalf("got %v, want %s", err, code)
	}
}
