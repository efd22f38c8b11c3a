package shs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// sampleMessage is the message of the specification's sample; lines end in CRLF.
func sampleMessage() []byte {
	head := "Subject: SHS Message\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_shs_7d1f0c\"\nContent-Transfer-Encoding: binary\n\n" +
		"--=_shs_7d1f0c\nContent-Type: text/xml; charset=ISO-8859-1\nContent-Transfer-Encoding: binary\n\n"
	tail := "\n--=_shs_7d1f0c\nContent-Type: text/plain; charset=iso-8859-1; name=\"ABC.ANSOKAN\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"ABC.ANSOKAN\"\n\n" +
		"SGVqIHbkcmxkZW4=\n--=_shs_7d1f0c--\n"
	return bytes.ReplaceAll(latin1(head+sampleXML+tail), []byte("\n"), []byte("\r\n"))
}

type readPart struct {
	Filename, Content string
	Differs           bool
}

func readAll(body io.Reader, contentType string, limits Limits) (*Message, []readPart, error) {
	m, err := ReadMessage(body, contentType, limits)
	if err != nil {
		return nil, nil, err
	}
	var parts []readPart
	for {
		p, err := m.Next()
		if err == io.EOF {
			return m, parts, nil
		}
		if err != nil {
			return m, parts, err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return m, parts, err
		}
		parts = append(parts, readPart{p.Filename, string(content), p.SizeDiffers()})
	}
}

func TestMessageTolerance(t *testing.T) {
	t.Parallel()
	hello := string(latin1("Hej världen"))
	whole := []readPart{{"ABC.ANSOKAN", hello, false}}
	replace := func(old, new string) []byte {
		message := sampleMessage()
		if !bytes.Contains(message, latin1(old)) {
			panic("the sample does not hold " + old)
		}
		return bytes.Replace(message, latin1(old), latin1(new), 1)
	}
	body := func(encoding, content string) []byte {
		m := replace("Encoding: base64", "Encoding: "+encoding)
		return bytes.Replace(m, []byte("SGVqIHbkcmxkZW4="), latin1(content), 1)
	}
	noName := replace(` filename="ABC.ANSOKAN"`, ``)
	outer, inner, _ := bytes.Cut(sampleMessage(), []byte("\r\n\r\n"))
	_ = outer
	const direct = `multipart/mixed; boundary="=_shs_7d1f0c"`
	extra := "--=_shs_7d1f0c\r\n\r\nextra\r\n--=_shs_7d1f0c--"
	tests := map[string]struct {
		message     []byte
		contentType string
		want        []readPart
		code        Code
	}{
		"as it stands":                   {sampleMessage(), "message/rfc822", whole, ""},
		"no HTTP type":                   {sampleMessage(), "", whole, ""},
		"old HTTP type without boundary": {sampleMessage(), "multipart/mixed", whole, ""},
		"HTTP type with other boundary":  {sampleMessage(), `multipart/mixed; boundary="other"`, whole, ""},
		"multipart in HTTP only":         {inner, direct, whole, ""},
		"in HTTP only, with preamble":    {append([]byte("This is a multipart message\r\n"), inner...), direct, whole, ""},
		"in HTTP only, blank lines":      {append([]byte("\r\n\r\n"), inner...), direct, whole, ""},
		"blank lines first":              {append([]byte("\r\n\n"), sampleMessage()...), "message/rfc822", whole, ""},
		"line feeds only":                {bytes.ReplaceAll(sampleMessage(), []byte("\r\n"), []byte("\n")), "", whole, ""},
		"folded boundary":                {replace(`multipart/mixed; boundary=`, "multipart/mixed;\r\n\tboundary="), "", whole, ""},
		"unquoted boundary":              {replace(`boundary="=_shs_7d1f0c"`, `boundary==_shs_7d1f0c`), "", whole, ""},
		"message id and other headers":   {replace("Subject: SHS Message", "Message-ID: <1@x>\r\nX-Foo: bar\r\nSubject: SHS-message"), "", whole, ""},
		"no optional headers":            {replace("Subject: SHS Message\r\nMIME-Version: 1.0\r\n", ""), "", whole, ""},
		"label as text/plain":            {replace("text/xml; charset=ISO-8859-1", "text/plain"), "", whole, ""},
		"MIME charset contradicts":       {replace("text/xml; charset=ISO-8859-1", "text/xml; charset=UTF-8"), "", whole, ""},
		"epilogue":                       {append(sampleMessage(), "epilogue\r\n"...), "", whole, ""},
		"no line end after the end":      {bytes.TrimRight(sampleMessage(), "\r\n"), "", whole, ""},
		"superfluous part":               {replace("--=_shs_7d1f0c--", extra), "", whole, ""},
		"superfluous part without end":   {replace("--=_shs_7d1f0c--", strings.TrimSuffix(extra, "--")), "", whole, IllegalMessageStructure},
		"binary":                         {body("binary", "Hej världen"), "", whole, ""},
		"8bit":                           {body("8bit", "Hej världen"), "", whole, ""},
		"7bit, wrongly":                  {body("7bit", "Hej världen"), "", whole, ""},
		"no encoding":                    {replace("Content-Transfer-Encoding: base64\r\n", ""), "", []readPart{{"ABC.ANSOKAN", "SGVqIHbkcmxkZW4=", true}}, ""},
		"quoted-printable":               {body("quoted-printable", "Hej v=E4rl=\r\nden"), "", whole, ""},
		"BASE64 in lines with blanks":    {body("BASE64", "SGVq \r\n\tIHbk\r\ncmxkZW4=\r\n"), "", whole, ""},
		"unknown encoding":               {body("x-uuencode", "x"), "", nil, IllegalDatapartContent},
		"broken base64":                  {body("base64", "SGV*"), "", nil, IllegalDatapartContent},
		"base64 that ends too early":     {body("base64", "SGVqI"), "", nil, IllegalDatapartContent},
		"loose quoted-printable":         {body("quoted-printable", "Hej v=E4rlden=Q"), "", []readPart{{"ABC.ANSOKAN", hello + "=Q", true}}, ""},
		"unquoted latin-1 name":          {bytes.Replace(noName, []byte(`filename="ABC.ANSOKAN"`), latin1(`filename=ärende-åäö.xml`), 1), "", []readPart{{"ärende-åäö.xml", hello, false}}, ""},
		"latin-1 name in both headers":   {bytes.ReplaceAll(noName, []byte(`name="ABC.ANSOKAN"`), latin1(`name=ärende åäö.xml`)), "", []readPart{{"ärende åäö.xml", hello, false}}, ""},
		"any type with name":             {bytes.Replace(bytes.Replace(noName, []byte("text/plain; charset=iso-8859-1; name=\"ABC.ANSOKAN\""), []byte("*/*; name=x.bin"), 1), []byte(`; filename="ABC.ANSOKAN"`), nil, 1), "", []readPart{{"x.bin", hello, false}}, ""},
		"no name at all":                 {bytes.Replace(bytes.Replace(noName, []byte("; name=\"ABC.ANSOKAN\""), nil, 1), []byte(`; filename="ABC.ANSOKAN"`), nil, 1), "", []readPart{{"", hello, false}}, ""},
		"size not as declared":           {replace(`no-of-bytes="11"`, `no-of-bytes="12"`), "", []readPart{{"ABC.ANSOKAN", hello, true}}, ""},
		"size declared as nought":        {replace(`no-of-bytes="11"`, `no-of-bytes="0"`), "", whole, ""},
		"label without data":             {replace(`<data datapartType="ansokan" filename="ABC.ANSOKAN" no-of-bytes="11"/>`, ""), "", nil, ""},
		"fewer parts than data":          {replace(`no-of-bytes="11"/>`, `no-of-bytes="11"/><data datapartType="b"/>`), "", whole, IllegalDatapartContent},
		"label only":                     {cutBetween(sampleMessage(), "--=_shs_7d1f0c\r\nContent-Type: text/plain", "--=_shs_7d1f0c--"), "", nil, IllegalMessageStructure},
		"no closing boundary":            {bytes.Replace(sampleMessage(), []byte("\r\n--=_shs_7d1f0c--\r\n"), nil, 1), "", nil, IllegalMessageStructure},
		"closing boundary half":          {bytes.TrimSuffix(sampleMessage(), []byte("--\r\n")), "", nil, IllegalMessageStructure},
		"no multipart":                   {replace("multipart/mixed", "text/plain"), "", nil, IllegalMessageStructure},
		"no boundary":                    {replace(`; boundary="=_shs_7d1f0c"`, ""), "", nil, IllegalMessageStructure},
		"boundary that does not occur":   {replace(`boundary="=_shs_7d1f0c"`, `boundary="x"`), "", nil, IllegalMessageStructure},
		"empty":                          {nil, "", nil, IllegalMessageStructure},
		"totally broken":                 {[]byte("\x00\x01\x02"), "", nil, IllegalMessageStructure},
		"a web page":                     {[]byte("<html>\n<body></body></html>\n"), "text/html", nil, IllegalMessageStructure},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, parts, err := readAll(bytes.NewReader(test.message), test.contentType, Limits{})
			wantCode(t, err, test.code)
			if diff := cmp.Diff(test.want, parts); diff != "" {
				t.Error(diff)
			}
			if m != nil && m.Complete() != (err == nil) {
				t.Errorf("complete: %v, error %v", m.Complete(), err)
			}
		})
	}
}

func cutBetween(b []byte, from, to string) []byte {
	start, end := bytes.Index(b, []byte(from)), bytes.LastIndex(b, []byte(to))
	return append(bytes.Clone(b[:start]), b[end:]...)
}

func TestMessageLimits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		limits Limits
		code   Code
	}{
		"part just fits": {Limits{Part: 11}, ""},
		"part too large": {Limits{Part: 10}, IllegalDatapartContent},
		"exact size":     {Limits{ExactSize: true}, ""},
		"label too long": {Limits{Label: 500}, IllegalMessageStructure},
	}
	for name, test := range tests {
		_, _, err := readAll(bytes.NewReader(sampleMessage()), "", test.limits)
		t.Run(name, func(t *testing.T) { wantCode(t, err, test.code) })
	}
	differs := bytes.Replace(sampleMessage(), []byte(`bytes="11"`), []byte(`bytes="12"`), 1)
	_, _, err := readAll(bytes.NewReader(differs), "", Limits{ExactSize: true})
	wantCode(t, err, IllegalDatapartContent)
	two := bytes.Replace(sampleMessage(), []byte(`bytes="11"/>`), []byte(`bytes="11"/><data datapartType="b"/>`), 1)
	_, _, err = readAll(bytes.NewReader(two), "", Limits{Parts: 1})
	wantCode(t, err, IllegalDatapartContent)
	endless := io.MultiReader(strings.NewReader("Subject: "), endlessReader{})
	_, _, err = readAll(endless, "", Limits{})
	wantCode(t, err, IllegalMessageStructure)
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// A message that is cut anywhere is never complete, and the fault says whether
// the transport failed or the message was badly built.
func TestCutMessagesAreNeverComplete(t *testing.T) {
	t.Parallel()
	message := sampleMessage()
	end := bytes.LastIndex(message, []byte("--")) + 1 // with one hyphen less it is no end
	broken := errors.New("connection reset")
	for i := range end {
		_, _, err := readAll(bytes.NewReader(message[:i]), "", Limits{})
		wantErr(t, i, err, func(e *Error) bool { return e.Code == IllegalMessageStructure })
		cut := io.MultiReader(bytes.NewReader(message[:i]), iotest.ErrReader(broken))
		_, _, err = readAll(cut, "", Limits{})
		wantErr(t, i, err, func(e *TransportError) bool { return errors.Is(e, broken) })
	}
	if _, _, err := readAll(iotest.DataErrReader(bytes.NewReader(bytes.TrimRight(message, "\r\n"))), "", Limits{}); err != nil {
		t.Errorf("whole, its end told with the last bytes: %v", err)
	}
	late := io.MultiReader(bytes.NewReader(message), iotest.ErrReader(io.ErrUnexpectedEOF))
	_, _, err := readAll(late, "", Limits{})
	wantErr(t, len(message), err, func(*TransportError) bool { return true })
}

func wantErr[E error](t *testing.T, at int, err error, is func(E) bool) {
	t.Helper()
	var target E
	if !errors.As(err, &target) || !is(target) {
		t.Fatalf("cut at %d: got %v (%T)", at, err, err)
	}
}

// Unread parts are passed over, checked none the less, and errors stay.
func TestSkippedPartsAreChecked(t *testing.T) {
	t.Parallel()
	m, err := ReadMessage(iotest.OneByteReader(bytes.NewReader(sampleMessage())), "", Limits{Part: 5})
	wantCode(t, err, "")
	if _, err := m.Next(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err = m.Next()
		wantCode(t, err, IllegalDatapartContent)
	}
}

func TestAdmMessageIsReadAheadAndGivenAgain(t *testing.T) {
	t.Parallel()
	label, payload, _ := sampleLabel().Confirm(txB, sampleTime())
	var b bytes.Buffer
	if err := WriteMessage(&b, label, []Payload{payload}, "x"); err != nil {
		t.Fatal(err)
	}
	m, err := ReadMessage(&b, "", Limits{})
	wantCode(t, err, "")
	wantCode(t, m.ReadManagement(), "")
	if m.Management == nil || m.Management.CorrID != txA {
		t.Fatalf("got %+v", m.Management)
	}
	p, err := m.Next()
	wantCode(t, err, "")
	content, err := io.ReadAll(p)
	if err != nil || !bytes.Equal(content, payloadBytes(t, payload)) || p.Filename != "confirm.xml" || !strings.HasPrefix(p.ContentType, "text/xml") || p.Index != 0 {
		t.Errorf("%q, %+v, %v", content, p, err)
	}
	if _, err := m.Next(); err != io.EOF || !m.Complete() {
		t.Errorf("end: %v", err)
	}
}

// A cut message never looks like a message that was read to its end.
func TestCutMessageIsNoEnd(t *testing.T) {
	t.Parallel()
	s := &source{}
	for _, err := range []error{io.EOF, io.ErrUnexpectedEOF, fmt.Errorf("multipart: NextPart: %w", io.EOF)} {
		if got := s.fault(err, "part"); errors.Is(got, io.EOF) {
			t.Errorf("%v became %v, which is io.EOF", err, got)
		}
	}
}

func TestBodyThatEndsInItsHeaderIsSaidToBeCut(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "hej", "Subject: SHS", "Subject: SHS\r\nMIME-Vers", "Subject: SHS\r\n"} {
		_, err := ReadMessage(strings.NewReader(body), "", Limits{})
		if err == nil || !strings.Contains(err.Error(), "is empty, or ends in its header") {
			t.Errorf("%q: %v", body, err)
		}
	}
}
