package layout

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func described(t *testing.T, l *Layout, f DocForm) string {
	t.Helper()
	var out bytes.Buffer
	err := l.Describe(&out, f, Sections{
		Facts:    []string{"Riktning: in"},
		Control:  "Filen kontrolleras när den kommer in.",
		Controls: []Control{{Code: "LIB-1", Class: "generellt fel", Text: "Startpost saknas | <b>", Remedy: "Lägg till post 00."}},
		Naming:   "Namnet jämförs men är inte avgörande.",
		Examples: []Example{{Title: "Ett ärende som text", Form: TextForm, Bytes: libraryBytes(t, l, TextForm, 1)}, {Title: "Ett ärende som XML", Form: XMLForm, Bytes: libraryBytes(t, l, XMLForm, 1)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestDescriptionsAreGolden(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	schema, err := l.XSD()
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"library.md": described(t, l, Markdown), "library.html": described(t, l, HTML), "library.xsd": string(schema)} {
		path := "testdata/" + name
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (run with -update after a change that was meant):\n%s", name, diff)
		}
	}
}

func TestDescriptionHasItsSections(t *testing.T) {
	t.Parallel()
	out := described(t, libraryLayout(t), Markdown)
	at := 0
	for _, section := range []string{"# Teknisk beskrivning", "**Egen profil", "## Översikt", "## Postformat", "## Fältformat", "## Postbeskrivning", "| Post | Fält | Position | Längd | Format | Obl. | Beskrivning |", "## XML-format", "## Kodlistor", "## Kontroll och kvittens", "## Namnsättning", "## Exempelfil"} {
		next := strings.Index(out[at:], section)
		if next < 0 {
			t.Fatalf("no %s after %d bytes", section, at)
		}
		at += next
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "| LIB-1") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 5 {
			t.Errorf("the row breaks its table: %s", line)
		}
	}
}

func TestOfficialDescriptionHasNoNotice(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("l.toml", bytes.Replace(source, []byte(`"own"`), []byte(`"official"`), 1), library(t))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := l.XSD()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(described(t, l, Markdown)+described(t, l, HTML)+string(schema), "Egen profil") {
		t.Error("says that it is an own profile")
	}
}

// TestPageIsWellFormed reads the page as XML, after its doctype and with its
// void elements closed.
func TestPageIsWellFormed(t *testing.T) {
	t.Parallel()
	page := described(t, libraryLayout(t), HTML)
	if strings.Contains(page, "<b>") || strings.Contains(page, "http") {
		t.Error("the page holds unescaped text or an address")
	}
	page = strings.NewReplacer("<!DOCTYPE html>", "", "<br>", "", `<meta charset="utf-8">`, "", `<meta name="viewport" content="width=device-width, initial-scale=1">`, "").Replace(page)
	d := xml.NewDecoder(strings.NewReader(page))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
