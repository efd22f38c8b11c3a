package schema

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/authority/store"
)

// sequence makes a directory of migrations from their texts.
func sequence(texts map[string]string) fstest.MapFS {
	dir := fstest.MapFS{}
	first, err := embedded.ReadFile("migrations/00001_store.sql")
	if err != nil {
		panic(err)
	}
	dir["migrations/00001_store.sql"] = &fstest.MapFile{Data: first}
	for name, text := range texts {
		dir["migrations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

const table = "-- +goose Up\nCREATE TABLE party_x (id {{id}}, name {{text}}, raw {{bytes}});\n"

func openSQLite(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// An older and a newer program over one database, in each of its states.
func TestWhichProgramMayRun(t *testing.T) {
	t.Parallel()
	old := sequence(nil)
	tests := map[string]struct {
		newer                            string
		newOnOld, oldOnNew, newOnNew     error
		versionThen, readableFromOfNewer int64
	}{
		"additive":    {table, ErrNotMigrated, nil, nil, 20, 0},
		"late":        {"-- filtjanst: late\n" + table, nil, nil, nil, 20, 0},
		"destructive": {"-- filtjanst: readable_from=20\n" + table, ErrNotMigrated, ErrTooNew, nil, 20, 20},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newer := sequence(map[string]string{"00020_party.sql": tt.newer})
			db, ctx := openSQLite(t), t.Context()
			must(t, up(ctx, db, old))
			wants(t, check(ctx, db, old), nil)
			wants(t, check(ctx, db, newer), tt.newOnOld)
			must(t, up(ctx, db, newer))
			wants(t, check(ctx, db, newer), tt.newOnNew)
			wants(t, check(ctx, db, old), tt.oldOnNew)
			must(t, writeState(ctx, db, State{Version: 1}))
			want := State{Version: tt.versionThen, ReadableFrom: tt.readableFromOfNewer}
			if s, err := Current(ctx, db); err != nil || s != want {
				t.Errorf("row %+v, %v; want %+v", s, err, want)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (want == nil) != (err == nil) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestAFailedMigrationLeavesTheVersionBefore(t *testing.T) {
	t.Parallel()
	db, ctx := openSQLite(t), t.Context()
	broken := sequence(map[string]string{
		"00020_party.sql": table,
		"00030_party.sql": "-- +goose Up\nCREATE TABLE party_y (id {{id}});\nCREATE TABLE party_x (id {{id}});\n",
	})
	if err := up(ctx, db, broken); err == nil || !strings.Contains(err.Error(), "version:30") {
		t.Errorf("got %v", err)
	}
	mended := sequence(map[string]string{
		"00020_party.sql": table,
		"00030_party.sql": "-- +goose Up\nCREATE TABLE party_y (id {{id}});\n",
	})
	must(t, up(ctx, db, mended))
	wants(t, check(ctx, db, mended), nil)
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"20_party.sql":    table,
		"00020-party.sql": table,
		"00020_party.sql": "-- +goose Up\nCREATE TABLE party_x (id {{serial}});",
	} {
		if _, err := load(sequence(map[string]string{name: text}), store.SQLite); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryEngineHasEveryToken(t *testing.T) {
	t.Parallel()
	source := sequence(map[string]string{"00020_party.sql": table + "-- {{keyed}}"})
	for engine := range dialects {
		if _, err := load(source, engine); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
	}
}
