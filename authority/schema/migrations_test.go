package schema

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// unfit are words that mean different things on the two engines, and what to
// write instead.
var unfit = map[string]string{
	"AUTOINCREMENT": "ids come from store's IDs",
	"SERIAL":        "ids come from store's IDs",
	"BIGSERIAL":     "ids come from store's IDs",
	"IDENTITY":      "ids come from store's IDs",
	"INT":           "BIGINT",
	"INTEGER":       "BIGINT, or {{id}} for a key",
	"SMALLINT":      "BIGINT",
	"TEXT":          "{{text}}",
	"VARCHAR":       "{{text}}",
	"BLOB":          "{{bytes}}",
	"BYTEA":         "{{bytes}}",
	"TIMESTAMP":     "BIGINT in µs UTC",
	"TIMESTAMPTZ":   "BIGINT in µs UTC",
	"DATETIME":      "BIGINT in µs UTC",
	"DATE":          "{{text}} as YYYY-MM-DD",
	"REAL":          "BIGINT in the smallest unit",
	"NUMERIC":       "BIGINT in the smallest unit",
	"DEFERRABLE":    "an immediate constraint: on SQLite a deferred one fails the whole group",
	"JSONB":         "{{text}}",
	"PRAGMA":        "nothing: the engines' settings are store's",
}

// embeddedTexts are the migrations as they are written, by name.
func embeddedTexts(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, name := range names {
		raw, err := embedded.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(raw)
	}
	return texts
}

func TestMigrationsFitBothEngines(t *testing.T) {
	t.Parallel()
	comment := regexp.MustCompile(`--[^\n]*|'[^']*'`)
	upper := regexp.MustCompile(`[A-Z_]+`)
	for name, raw := range embeddedTexts(t) {
		text := comment.ReplaceAllString(raw, "")
		for _, w := range upper.FindAllString(anyToken.ReplaceAllString(text, ""), -1) {
			if instead, bad := unfit[w]; bad {
				t.Errorf("%s: %s: write %s", name, w, instead)
			}
		}
		for _, m := range created.FindAllStringSubmatch(text, -1) {
			room := strings.TrimSuffix(path.Base(name)[len("00000_"):], ".sql")
			owner := ownerOf(m[2])
			// The schema's own row is made by the first file.
			if m[2] != "schema_state" && (owner == "" || room != owner && !strings.HasPrefix(room, owner+"_")) {
				t.Errorf("%s: %s %s does not begin with the room of the file", name, m[1], m[2])
			}
		}
	}
}

// TestKeyedTablesHoldNoBytes: SQLite compares keys of such a table by reading
// whole rows, so that each reference to one with long bytes costs as they do.
func TestKeyedTablesHoldNoBytes(t *testing.T) {
	t.Parallel()
	table := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)( \{\{keyed\}\})?;`)
	keyed := 0
	for name, text := range embeddedTexts(t) {
		for _, m := range table.FindAllStringSubmatch(text, -1) {
			if m[3] == "" {
				continue
			}
			keyed++
			if strings.Contains(m[2], "{{bytes}}") {
				t.Errorf("%s: %s holds bytes and is keyed", name, m[1])
			}
		}
	}
	if keyed == 0 {
		t.Error("no keyed table was found")
	}
}
