package schema_test

import (
	"errors"
	"sync"
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestUpBringsAnEmptyDatabaseToTheNewestVersion(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db, ctx := open(), t.Context()
		if err := schema.Check(ctx, db); !errors.Is(err, schema.ErrNotMigrated) {
			t.Errorf("an empty database passed: %v", err)
		}
		if s, err := schema.Current(ctx, db); err != nil || s.Version != 0 {
			t.Errorf("empty: %+v, %v", s, err)
		}
		for range 2 { // the second has nothing to do
			if err := schema.Up(ctx, db); err != nil {
				t.Fatal(err)
			}
			if err := schema.Check(ctx, db); err != nil {
				t.Error(err)
			}
		}
		list, err := schema.Status(ctx, db)
		if err != nil || len(list) == 0 {
			t.Fatalf("%v, %v", list, err)
		}
		for _, m := range list {
			if !m.Applied {
				t.Errorf("%s is not applied", m.Name)
			}
		}
		if s, err := schema.Current(ctx, db); err != nil || s.Version != list[len(list)-1].Version {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

func TestReplicasMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		replicas := []*store.DB{open()}
		if replicas[0].Engine() == store.Postgres {
			replicas = append(replicas, open(), open())
		}
		var wg sync.WaitGroup
		for _, db := range replicas {
			wg.Go(func() {
				if err := schema.Up(t.Context(), db); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}
