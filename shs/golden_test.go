package shs

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The specification's samples are written back byte for byte.
func TestSamplesAreWrittenBack(t *testing.T) {
	t.Parallel()
	const head = `<?xml version="1.0" encoding="ISO-8859-1"?>` + "\n"
	tests := map[string]struct {
		doc   string
		again func([]byte) ([]byte, error)
	}{
		"label of a confirm": {
			head + `<!DOCTYPE shs.label SYSTEM "shs-label-1.2.dtd">` + "\n" + `<shs.label version="1.2" tx.id="` + txB + `" corr.id="` + txA + `" transfer-type="asynch" message-type="simple" document-type="simple" sequence-type="adm" status="test"><from commonName="Mottagaren">urn:X-shs:2021000001</from><to commonName="Inkasso Test AB">urn:X-shs:5560000167</to><product>urn:X-shs:confirm</product><datetime>2025-11-03T09:00:00</datetime><content content.id="` + content + `"><data datapartType="confirm" filename="confirm.xml"/></content></shs.label>`,
			again(ReadLabel),
		},
		"confirm": {
			head + `<!DOCTYPE shs.management SYSTEM "shs-management-1.2.dtd">` + "\n" + `<shs.management version="1.2" corr.id="` + txA + `" content.id="` + content + `"><datetime>2025-11-03T09:00:00</datetime><confirmation/></shs.management>`,
			again(ReadManagement),
		},
		"error": {
			head + `<!DOCTYPE shs.management SYSTEM "shs-management-1.2.dtd">` + "\n" + `<shs.management version="1.2" corr.id="` + txA + `" content.id="` + content + `"><datetime>2025-11-03T08:15:05</datetime><error errorcode="MissingAgreement" errorinfo="Inget avtal"><appinfo name="node">nod-b</appinfo></error></shs.management>`,
			again(ReadManagement),
		},
		"agreement": {
			head + `<!DOCTYPE shs.agreement SYSTEM "shs-agreement-1.2.dtd">` + "\n" + `<shs.agreement version="1.2" uuid="9a4b2c6d-0e1f-4a2b-8c3d-5e6f7a8b9c0d" transfer-type="asynch"><shs><principal commonName="Mottagaren">urn:X-shs:2021000001</principal><product commonName="Ansökan">urn:X-shs:` + product + `</product><customer commonName="Inkasso Test AB">urn:X-shs:5560000167</customer><direction flow="from-customer"/><confirm required="yes"/></shs><general><valid><valid-from date="2025-01-01"/></valid><schedule><intervaltime day="1"/></schedule><QoS><open><when day="every" hours="all"/></open></QoS></general></shs.agreement>`,
			again(ReadAgreement),
		},
		"message list": {
			head + `<!DOCTYPE shs.message-list SYSTEM "shs-message-list-1.2.01.dtd">` + "\n" + `<shs.message-list version="1.2"><message tx.id="` + txA + `" timestamp="2025-11-03T08:15:00" corr.id="` + txA + `" content.id="` + content + `" from="urn:X-shs:5560000167" to="urn:X-shs:2021000001" product="urn:X-shs:` + product + `" sequence-type="event" status="production"><subject>Ansökan</subject><data datapartType="ansokan" filename="ABC.ANSOKAN" no-of-bytes="11"/></message></shs.message-list>`,
			func(doc []byte) ([]byte, error) {
				messages, _, err := ReadList(bytes.NewReader(doc))
				if err != nil {
					return nil, err
				}
				return MarshalList(messages)
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := test.again(latin1(test.doc))
			if diff := cmp.Diff(string(latin1(test.doc)), string(got)); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func again[D interface{ Marshal() ([]byte, error) }](read func(r io.Reader) (D, error)) func([]byte) ([]byte, error) {
	return func(doc []byte) ([]byte, error) {
		d, err := read(bytes.NewReader(doc))
		if err != nil {
			return nil, err
		}
		return d.Marshal()
	}
}
