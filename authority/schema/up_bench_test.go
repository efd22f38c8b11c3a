package schema_test

import (
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// BenchmarkUp is what every test over a database pays.
func BenchmarkUp(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		for b.Loop() {
			migrate(b, store.Config{Engine: store.SQLite, Dir: b.TempDir(), NoSync: true})
		}
	})
	b.Run("postgres from template", func(b *testing.B) {
		for b.Loop() {
			storetest.Migrated(b)
		}
	})
	b.Run("postgres", func(b *testing.B) {
		for b.Loop() {
			migrate(b, storetest.Postgres(b))
		}
	})
}

func migrate(b *testing.B, cfg store.Config) {
	b.Helper()
	db, err := store.Open(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	if err := schema.Up(b.Context(), db); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}
