package shs

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func payloadBytes(t *testing.T, p Payload) []byte {
	t.Helper()
	r, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sampleAgreement() *Agreement {
	return &Agreement{
		ID: content, Transfer: Asynchronous, Contract: "http://avtal",
		Principal: Ref{Value: "2021000001", Name: "Mottagaren"},
		Products:  []Ref{{Value: product, Name: "Ansökan"}, {Value: "confirm"}},
		Customer:  &Ref{Value: "5560000167"}, Flow: FromCustomer, FlowNote: "in", Confirm: "yes",
		Billing:   &Billing{Kind: "per-volume", Price: "1", Unit: "MB", Required: "no", Currency: "SEK", Note: "x"},
		ErrorInfo: "ring", Description: "avtal", ValidFrom: "2025-01-01", ValidTo: "2025-12-31",
		Schedule: &Schedule{Day: "1", Start: "08:00", Stop: "17:00", StartDay: "2025-01-01", Timezone: "CET"},
		QoS: &QoS{
			Open:      OpenHours{Day: "work", Hours: "office", WhenNote: "w", Spans: []Span{{"08:00", "12:00"}, {"13:00", "17:00"}}, Note: "o"},
			Volume:    &Volume{PerTransfer: "10", Unit: "MB", Average: Rate{"1", "day"}, Peak: &Rate{"9", "day"}, Note: "v"},
			Frequency: &Frequency{Average: Rate{"2", "week"}, Note: "f"},
			Response: &Response{Within: "1", Unit: "hour", Note: "r",
				Request: &Window{NotBefore: WeekTime{"Wen", "08:00"}, NotAfter: &WeekTime{"Fri", "17:00"}},
				Reply:   &Window{NotBefore: WeekTime{"every", ""}}},
			Note: "q",
		},
	}
}

func sampleProduct() *ProductType {
	return &ProductType{
		ID: product, Name: "Ansökan", LabeledURI: "http://p", Principal: Ref{Value: "2021000001"}, Description: "d",
		Data: []DataType{{Type: "ansokan", MinOccurs: "1", MaxOccurs: "2", DataType: "fil", Note: "n",
			Media:    MediaType{"text", "plain", "iso-8859-1", "base64"},
			Security: &Security{Digest: "SHA1", Encryption: "3DES", EncryptionLength: "128", Signature: true, SignatureLength: "2048"}}},
		ReplyData: []DataType{{Type: "svar", MinOccurs: "1", MaxOccurs: "1", Media: MediaType{"text", "xml", "iso-8859-1", "binary"}}},
	}
}

func TestAgreementRoundTrip(t *testing.T) {
	t.Parallel()
	doc, err := sampleAgreement().Marshal()
	wantCode(t, err, "")
	back, err := ReadAgreement(bytes.NewReader(doc))
	wantCode(t, err, "")
	if diff := cmp.Diff(sampleAgreement(), back); diff != "" {
		t.Error(diff)
	}
}

func TestAgreementIsReadLeniently(t *testing.T) {
	t.Parallel()
	doc := `<shs.agreement uuid="a" transfer-type="any"><shs><principal>2021000001</principal><product>` + product + `</product><direction flow="any"/><confirm/></shs><general><valid><valid-from date="2025-01-01"/></valid></general></shs.agreement>`
	a, err := ReadAgreement(strings.NewReader(doc))
	wantCode(t, err, "")
	if a.Schedule != nil || a.QoS != nil || a.Customer != nil || a.Confirm != "yes" {
		t.Errorf("%+v", a)
	}
	for name, change := range map[string][2]string{
		"no uuid":     {` uuid="a"`, ``},
		"no product":  {`<product>` + product + `</product>`, ``},
		"no flow":     {` flow="any"`, ``},
		"no validity": {` date="2025-01-01"`, ``},
		"wrong day":   {`2025-01-01`, `2025-02-30`},
		"principal":   {`2021000001`, `staten`},
		"no general":  {`<general><valid><valid-from date="2025-01-01"/></valid></general>`, ``},
	} {
		_, err := ReadAgreement(strings.NewReader(strings.Replace(doc, change[0], change[1], 1)))
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestProductTypeRoundTrip(t *testing.T) {
	t.Parallel()
	doc, err := sampleProduct().Marshal()
	wantCode(t, err, "")
	back, err := ReadProductType(bytes.NewReader(doc))
	wantCode(t, err, "")
	if diff := cmp.Diff(sampleProduct(), back); diff != "" {
		t.Error(diff)
	}
}

func TestProductTypeDefaults(t *testing.T) {
	t.Parallel()
	p, err := ReadProductType(strings.NewReader(`<shs.product uuid="` + product + `"><principal>x</principal><data datapartType="a"><mime/></data></shs.product>`))
	wantCode(t, err, "")
	want := DataType{Type: "a", MinOccurs: "1", MaxOccurs: "1", Media: MediaType{"text", "xml", "iso-8859-1", "binary"}}
	if diff := cmp.Diff(want, p.Data[0]); diff != "" || !p.ResponseRequired {
		t.Error(diff, p.ResponseRequired)
	}
}

func TestManagementTolerance(t *testing.T) {
	t.Parallel()
	wrap := func(inner string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE shs.management SYSTEM "shs-management-1.2.dtd"><shs.management corr.id="c" content.id="k">` + inner + `</shs.management>`
	}
	tests := map[string]struct {
		doc, product string
		want         Code
		check        func(*Management) bool
	}{
		"confirm":                   {wrap(`<datetime>2013-06-17</datetime><confirmation/>`), ProductConfirm, "", func(m *Management) bool { return m.Failure == nil && m.CorrID == "c" && m.ContentID == "k" }},
		"confirm without its mark":  {wrap(`<datetime>2013-06-17T10:00:00</datetime>`), ProductConfirm, "", func(m *Management) bool { return m.Failure == nil && len(m.Warnings) == 1 }},
		"error without its mark":    {wrap(`<datetime>2013-06-17T10:00:00</datetime>`), ProductError, IllegalDatapartContent, nil},
		"empty code":                {wrap(`<error errorcode="" errorinfo="x"/>`), ProductError, "", func(m *Management) bool { return m.Failure.Code == "" && m.Failure.Info == "x" }},
		"unknown code":              {wrap(`<error errorcode="Nytt"/>`), ProductError, "", func(m *Management) bool { return m.Failure.Code == OtherError && m.Failure.RawCode == "Nytt" }},
		"code in other case":        {wrap(`<error errorcode="missingagreement"><appinfo name="n">v</appinfo></error>`), ProductError, "", func(m *Management) bool { return m.Failure.Code == MissingAgreement && m.AppInfo[0].Value == "v" }},
		"latin-1 declared as utf-8": {string(latin1(wrap(`<error errorcode="OtherError" errorinfo="fel på fil"/>`))), ProductError, "", func(m *Management) bool { return m.Failure.Info == "fel på fil" && len(m.Warnings) > 0 }},
		"both":                      {wrap(`<confirmation/><error errorcode="x"/>`), ProductError, IllegalDatapartContent, nil},
		"no identities":             {`<shs.management><confirmation/></shs.management>`, ProductConfirm, IllegalDatapartContent, nil},
		"long text with headers":    {wrap(`<error errorcode="MissingDeliveryExecution" errorinfo="` + strings.Repeat("HTTP/1.1 404&#10;", 5000) + `"/>`), ProductError, "", func(m *Management) bool { return len(m.Failure.Info) == 65000 }},
		"not a management document": {`<html/>`, ProductConfirm, IllegalMessageStructure, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := parseManagement(strings.NewReader(test.doc), test.product)
			wantCode(t, err, test.want)
			if err == nil && !test.check(m) {
				t.Errorf("got %+v", m)
			}
		})
	}
}

func TestManagementIsAboutAMessage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		corrID, contentID string
		want              bool
	}{
		{txA, content, true}, {strings.ToUpper(txA), content, true}, {content, content, true},
		{txB, content, false}, {txA, txB, false}, {"", content, false}, {txA, "", false},
	}
	for _, test := range tests {
		m := &Management{CorrID: test.corrID, ContentID: test.contentID}
		if got := m.About(txA, content); got != test.want {
			t.Errorf("%q, %q: %v", test.corrID, test.contentID, got)
		}
	}
}

func TestConfirmAndErrorAnswerTheirMessage(t *testing.T) {
	t.Parallel()
	l := sampleLabel()
	l.Content.ID += "-reply"
	confirm, payload, ok := l.Confirm(txB, sampleTime())
	if !ok || confirm.From.Value != "2021000001" || confirm.To.Value != "5560000167" || confirm.TxID != txB || confirm.CorrID != l.CorrID || confirm.Status != Test || confirm.Meta != nil {
		t.Errorf("confirm label %+v", confirm)
	}
	m, err := ReadManagement(bytes.NewReader(payloadBytes(t, payload)))
	if err != nil || m.ContentID != l.Content.ID || m.CorrID != l.CorrID || m.Failure != nil {
		t.Errorf("confirm %+v, %v", m, err)
	}
	if _, err := confirm.Marshal(); err != nil {
		t.Errorf("confirm of a message with a long content.id: %v", err)
	}
	failed, payload, _ := l.Fail(txB, sampleTime(), Failure{Code: MissingAgreement, Info: "inget\x00avtal"}, Meta{"node", "n"})
	m, err = ReadManagement(bytes.NewReader(payloadBytes(t, payload)))
	if err != nil || m.Failure.Code != MissingAgreement || failed.Product.Value != ProductError || failed.Content.Data[0].Filename != "error.xml" {
		t.Errorf("error %+v, %v", m, err)
	}
	if _, _, ok := confirm.Fail(txA, sampleTime(), Failure{Code: OtherError}); ok {
		t.Error("an error about a confirm")
	}
	if _, _, ok := failed.Confirm(txA, sampleTime()); ok {
		t.Error("a confirm of an error")
	}
}

func TestMessageLists(t *testing.T) {
	t.Parallel()
	l := sampleLabel()
	doc, err := MarshalList([]Listed{ListedOf(l, sampleTime())})
	wantCode(t, err, "")
	messages, warnings, err := ReadList(bytes.NewReader(doc))
	wantCode(t, err, "")
	want := ListedOf(l, sampleTime().Local())
	want.Arrived, want.Transfer = messages[0].Arrived, ""
	if diff := cmp.Diff([]Listed{want}, messages); diff != "" || len(warnings) > 0 {
		t.Error(diff, warnings)
	}
	old := `<shs.document-list version="1.1"><document tx.id="a" timestamp="2013-06-17" size="0" sequence-type="adm" from="urn:X-shs:5560000167"/><document/></shs.document-list>`
	messages, warnings, err = ReadList(strings.NewReader(old))
	if err != nil || len(messages) != 1 || messages[0].From != "5560000167" || messages[0].Status != Production || len(warnings) != 1 {
		t.Errorf("%+v, %q, %v", messages, warnings, err)
	}
	if _, _, err := ReadList(strings.NewReader("<html><body>Logga in</body></html>")); err == nil {
		t.Error("a web page is a list")
	}
}
