package shs

import (
	"bytes"
	"errors"

	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever comes in ends in a message or a fault with a code, and what was read
// whole is read the same after it was written.
func FuzzMessage(f *testing.F) {
	f.Add(sampleMessage(), "message/rfc822")
	f.Add(sampleMessage()[120:], `multipart/mixed; boundary="=_shs_7d1f0c"`)
	f.Add(bytes.Replace(sampleMessage(), []byte("base64"), []byte("quoted-printable"), 1), "")
	f.Add(bytes.ReplaceAll(sampleMessage(), []byte("\r"), nil), "multipart/mixed")
	f.Add(latin1("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n<shs.label/>\n--x\nContent-Disposition: attachment; filename*0*=UTF-8''%C3; filename=å\n\n--x--"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		limits := Limits{Part: 1 << 20}
		m, parts, err := readAll(bytes.NewReader(body), contentType, limits)
		var coded *Error
		if err != nil {
			if !errors.As(err, &coded) || coded.Code == "" {
				t.Fatalf("fault without a code: %v", err)
			}
			return
		}
		if !m.Complete() || len(parts) != len(m.Label.Content.Data) {
			t.Fatalf("%d parts of %d, complete %v", len(parts), len(m.Label.Content.Data), m.Complete())
		}
		rewrite(t, m.Label, parts)
	})
}

func rewrite(t *testing.T, l *Label, parts []readPart) {
	t.Helper()
	payloads := make([]Payload, len(parts))
	for i := range parts {
		payloads[i] = Bytes("", []byte(parts[i].Content))
		payloads[i].Base64 = true
		l.Content.Data[i].Filename, parts[i].Differs = parts[i].Filename, false
		l.Content.Data[i].Bytes = int64(len(parts[i].Content))
	}
	var b bytes.Buffer
	if err := WriteMessage(&b, l, payloads, "=_x"); err != nil {
		return // too long a label, or text that XML cannot carry
	}
	_, again, err := readAll(&b, "", Limits{ExactSize: true})
	if err != nil {
		t.Fatalf("written and not read: %v", err)
	}
	want := append([]readPart{}, parts...)
	for i := range want {
		if want[i].Filename == "" {
			want[i].Filename = again[i].Filename
		}
	}
	if diff := cmp.Diff(want, append([]readPart{}, again...)); diff != "" {
		t.Fatal(diff)
	}
}

func FuzzLabel(f *testing.F) {
	f.Add(latin1(sampleXML))
	f.Add([]byte(sampleXML))
	f.Add(utf16LE(sampleXML))
	f.Add([]byte(`<shs.label version="1.1" tx.id="a" corr.id="b" sequence-type="adm"><originator>x</originator><product>error</product><datetime>2013-06-17</datetime><content uuid="c"><comment>&#8364;</comment></content><history node.id="n"/></shs.label>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		l, err := ReadLabel(bytes.NewReader(doc))
		if err != nil {
			var coded *Error
			if !errors.As(err, &coded) || coded.Code == "" {
				t.Fatalf("fault without a code: %v", err)
			}
			return
		}
		first, err := l.Marshal()
		if err != nil {
			return // e.g. a content.id that is too long
		}
		back, err := ReadLabel(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("written and not read: %v\n%s", err, first)
		}
		second, err := back.Marshal()
		if err != nil || !bytes.Equal(first, second) {
			t.Fatalf("%v\n%s\n%s", err, first, second)
		}
	})
}

func FuzzOtherDocuments(f *testing.F) {
	for _, doc := range []interface{ Marshal() ([]byte, error) }{sampleAgreement(), sampleProduct(), &Management{CorrID: "a", ContentID: "b"}} {
		b, err := doc.Marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		if a, err := ReadAgreement(bytes.NewReader(doc)); err == nil {
			_, _ = a.Marshal()
		}
		if p, err := ReadProductType(bytes.NewReader(doc)); err == nil {
			_, _ = p.Marshal()
		}
		if m, err := ReadManagement(bytes.NewReader(doc)); err == nil {
			_, _ = m.Marshal()
		}
		if messages, _, err := ReadList(bytes.NewReader(doc)); err == nil {
			_, _ = MarshalList(messages)
		}
		parseParameters(string(doc))
	})
}
