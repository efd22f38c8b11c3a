package shs

import (
	"bufio"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParametersAreReadTolerantly(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, value, name, want string }{
		"quoted":               {`attachment; filename="a b;c.xml"`, "attachment", "filename", "a b;c.xml"},
		"unquoted":             {`attachment; filename=abc.xml`, "attachment", "filename", "abc.xml"},
		"unquoted with blanks": {`attachment; filename=a b c.xml ; x=y`, "attachment", "filename", "a b c.xml"},
		"unquoted latin-1":     {string(latin1(`attachment; filename=ärende-åäö.xml`)), "attachment", "filename", "ärende-åäö.xml"},
		"quoted latin-1":       {string(latin1(`attachment; filename="ärende-åäö.xml"`)), "attachment", "filename", "ärende-åäö.xml"},
		"utf-8":                {`attachment; filename="ärende.xml"`, "attachment", "filename", "ärende.xml"},
		"any type":             {`*/*; name=x`, "*/*", "name", "x"},
		"boundary of a mailer": {`multipart/mixed; boundary=----=_Part_0_1.2`, "multipart/mixed", "boundary", "----=_Part_0_1.2"},
		"upper case":           {`Multipart/Mixed; BOUNDARY="x"`, "multipart/mixed", "boundary", "x"},
		"missing end quote":    {`attachment; filename="a.xml`, "attachment", "filename", "a.xml"},
		"escaped quote":        {`attachment; filename="a\"b.xml"`, "attachment", "filename", `a"b.xml`},
		"windows path":         {`attachment; filename="C:\out\a.xml"`, "attachment", "filename", `C:\out\a.xml`},
		"RFC 2231":             {`attachment; filename*=ISO-8859-1''%E4rende.xml`, "attachment", "filename", "ärende.xml"},
		"RFC 2231 utf-8":       {`attachment; filename*=UTF-8'sv'%C3%A4rende.xml`, "attachment", "filename", "ärende.xml"},
		"RFC 2231 in pieces":   {`attachment; filename*0*=UTF-8''%C3%A4r; filename*1=ende.xml`, "attachment", "filename", "ärende.xml"},
		"RFC 2047":             {`attachment; filename="=?ISO-8859-1?Q?=E4rende.xml?="`, "attachment", "filename", "ärende.xml"},
		"empty":                {``, "", "filename", ""},
		"no value":             {`attachment; filename; ;=`, "attachment", "filename", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, parameters := parseParameters(test.in)
			if value != test.value || parameters[test.name] != test.want {
				t.Errorf("%q, %q", value, parameters)
			}
		})
	}
}

func TestHeaderIsRead(t *testing.T) {
	t.Parallel()
	in := "\r\nSubject: SHS Message\r\ncontent-type : multipart/mixed;\r\n\tboundary=\"a\"\nX: " + string(latin1("å")) + "\n\nbody"
	r := bufio.NewReader(strings.NewReader(in))
	h, err := readHeader(r)
	if err != nil || h.Get("Content-Type") != `multipart/mixed; boundary="a"` || h.Get("Subject") != "SHS Message" {
		t.Errorf("%q, %v", h, err)
	}
	if rest, _ := r.ReadString(0); rest != "body" {
		t.Errorf("rest %q", rest)
	}
	for _, in := range []string{"", "no colon\n\n", " folded: first\n\n", "a: b\n", ": b\n\n", "a b: c\n\n"} {
		if h, err := readHeader(bufio.NewReader(strings.NewReader(in))); err == nil {
			t.Errorf("%q is read as %q", in, h)
		}
	}
}

func TestBaseName(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, in := range []string{"a.xml", "/etc/passwd", `C:\x\å.xml`, "../..", "", ".", "a\x00b", "x/"} {
		got[in] = BaseName(in)
	}
	want := map[string]string{"a.xml": "a.xml", "/etc/passwd": "passwd", `C:\x\å.xml`: "å.xml", "../..": "", "": "", ".": "", "a\x00b": "", "x/": "x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
