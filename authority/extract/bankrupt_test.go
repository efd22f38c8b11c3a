package extract_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/identity"
)

// Who keeps cases learns of each bankruptcy that is opened, once its row is
// kept and not before.
func TestBankruptciesAreTold(t *testing.T) {
	t.Parallel()
	var told []identity.Number
	var refuse error
	b := newBench(t, sqlite(t), extract.Config{Bankrupt: func(_ context.Context, debtor identity.Number) (service.Work, error) {
		return func(store.Tx) error {
			told = append(told, debtor)
			return refuse
		}, nil
	}})
	file := "number,identity,case_number,court,measure,section,day\n" +
		"B-1," + extracttest.Person(1).Full() + ",K 1-26,Exempelby tingsrätt,opened,,2026-02-01\n" +
		"B-2," + extracttest.Person(2).Full() + ",K 2-26,Exempelby tingsrätt,ended,KL 11:18,2026-02-01\n"
	refuse = errors.New("not now")
	if _, err := b.room.Import(t.Context(), extract.Bankruptcies, strings.NewReader(file), nil); !errors.Is(err, refuse) {
		t.Fatalf("got %v", err)
	}
	refuse, told = nil, nil
	if _, err := b.room.Import(t.Context(), extract.Bankruptcies, strings.NewReader(file), nil); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []identity.Number{extracttest.Person(1)}) {
		t.Errorf("told of %v", told)
	}
}
