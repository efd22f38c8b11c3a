package shs

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Written documents are valid by document types of our own wording.
func TestWrittenDocumentsAreValid(t *testing.T) {
	t.Parallel()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for name, document := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, dtd, _ := strings.Cut(string(document), `SYSTEM "`)
			dtd, _, _ = strings.Cut(dtd, `"`)
			command := exec.Command(xmllint, "--noout", "--nonet", "--dtdvalid", "testdata/"+dtd, "-")
			command.Stdin = bytes.NewReader(document)
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("%v: %s\n%s", err, out, document)
			}
		})
	}
}

func documents(t *testing.T) map[string][]byte {
	t.Helper()
	must := func(doc []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	whole := sampleLabel()
	whole.Agreement = content
	whole.Originator = &Ref{Value: "Ursprung", Name: "A", LabeledURI: "http://a"}
	whole.EndRecipient = &Ref{Value: "Mål", Name: "B"}
	whole.Content.Comment = "ä € \n"
	whole.History = []History{Received(whole, "nod-b", "1", sampleTime()), {NodeID: "n", Datetime: sampleTime()}}
	empty := sampleLabel()
	empty.Content.Data = nil
	originator := sampleLabel()
	originator.From, originator.Originator = nil, &Ref{Value: "5560000167"}
	confirm, body, _ := whole.Confirm(txB, sampleTime())
	list := []Listed{ListedOf(whole, time.Time{}), {TxID: "a", Timestamp: sampleTime(), Sequence: Admin}}
	minimal := sampleAgreement()
	minimal.Schedule, minimal.QoS, minimal.Billing, minimal.Customer, minimal.Confirm = nil, nil, nil, nil, ""
	return map[string][]byte{
		"label":             must(whole.Marshal()),
		"empty label":       must(empty.Marshal()),
		"originator":        must(originator.Marshal()),
		"confirm label":     must(confirm.Marshal()),
		"confirm":           payloadBytes(t, body),
		"error":             must((&Management{CorrID: "a", ContentID: "b", Datetime: sampleTime(), Failure: &Failure{Code: OtherError, Info: "å"}, AppInfo: []Meta{{"node", "n"}}}).Marshal()),
		"list":              must(MarshalList(list)),
		"empty list":        must(MarshalList(nil)),
		"agreement":         must(sampleAgreement().Marshal()),
		"minimal agreement": must(minimal.Marshal()),
		"product":           must(sampleProduct().Marshal()),
		"minimal product":   must((&ProductType{ID: product, Principal: Ref{Value: "2021000001"}, Data: []DataType{{Type: "a"}}}).Marshal()),
	}
}
