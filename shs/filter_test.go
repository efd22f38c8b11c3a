package shs

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func parseQuery(t *testing.T, s string) (Filter, error) {
	t.Helper()
	values, err := url.ParseQuery(s)
	if err != nil {
		t.Fatal(err)
	}
	return ParseFilter(values)
}

func TestParseFilter(t *testing.T) {
	t.Parallel()
	base := Filter{Status: Production, Limit: DefaultHits}
	with := func(change func(*Filter)) Filter {
		f := base
		change(&f)
		return f
	}
	tests := map[string]Filter{
		"":                      base,
		"unknown=x":             base,
		"maxhits=":              base,
		"filter=noack":          with(func(f *Filter) { f.Unacknowledged = true }),
		"Status=test":           with(func(f *Filter) { f.Status = Test }),
		"status=test":           with(func(f *Filter) { f.Status = Test }),
		"maxhits=50":            with(func(f *Filter) { f.Limit = 50 }),
		"maxhits=99999999":      with(func(f *Filter) { f.Limit = MaxHits }),
		"sequencetype=adm":      with(func(f *Filter) { f.Sequence = Admin }),
		"sortattribute=-corrid": with(func(f *Filter) { f.SortBy = "corrid" }),
		"sortattribute=meta-a&sortorder=desc&arrivalorder=descending": with(func(f *Filter) { f.SortBy, f.Descending, f.ArrivalLatest = "meta-a", true, true }),
		"MAXHITS=7&maxhits=50":                    with(func(f *Filter) { f.Limit = 50 }),
		"MetaName=a&metavalue=1":                  with(func(f *Filter) { f.Meta = []Meta{{"a", "1"}} }),
		"meta-lopnummer=17":                       with(func(f *Filter) { f.Meta = []Meta{{"lopnummer", "17"}} }),
		"metaname=a&metavalue=1":                  with(func(f *Filter) { f.Meta = []Meta{{"a", "1"}} }),
		"since=2025-11-03T08:15:00":               with(func(f *Filter) { f.Since = sampleTime() }),
		"after=x&corrid=c&contentid=k":            with(func(f *Filter) { f.After, f.CorrID, f.ContentID = "x", "c", "k" }),
		"originator=a&endrecipient=b":             with(func(f *Filter) { f.Originator, f.EndRecipient = "a", "b" }),
		"producttype=urn%3AX-shs%3A" + product:    with(func(f *Filter) { f.Products = []string{product} }),
		"producttype=confirm,%20" + product + ",": with(func(f *Filter) { f.Products = []string{"confirm", product} }),
		"producttype=confirm&producttype=ERROR":   with(func(f *Filter) { f.Products = []string{"confirm", "error"} }),
	}
	for query, want := range tests {
		got, err := parseQuery(t, query)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", query, err, diff)
		}
	}
	for _, query := range []string{
		"filter=all", "status=both", "maxhits=0", "maxhits=-1", "maxhits=many", "since=yesterday", "sequencetype=x",
		"sortattribute=size", "sortattribute=meta-", "sortorder=up", "arrivalorder=x", "producttype=abc", "metaname=a",
	} {
		if _, err := parseQuery(t, query); err == nil {
			t.Errorf("%q is accepted", query)
		}
	}
}

func TestFilterMatch(t *testing.T) {
	t.Parallel()
	m := ListedOf(sampleLabel(), sampleTime().Add(time.Hour))
	m.Originator, m.EndRecipient, m.From = "165590000009", "Slutet", "5560000167.a"
	tests := []struct {
		query string
		want  bool
	}{
		{"", false},
		{"status=test", true},
		{"status=test&since=2025-11-03T09:15:00", true},
		{"status=test&since=2025-11-03T09:15:01", false},
		{"status=test&originator=5590000009", true},
		{"status=test&originator=urn:X-shs:5560000167.a", true},
		{"status=test&originator=5560000167", false},
		{"status=test&originator=5560000167.ab", false},
		{"status=test&originator=556000016", false},
		{"status=test&originator=2021000001", false},
		{"status=test&endrecipient=Slutet", true},
		{"status=test&endrecipient=Slut", false},
		{"status=test&meta-lopnummer=17&metaname=x&metavalue=", false},
		{"status=test&meta-lopnummer=17", true},
		{"status=test&meta-lopnummer=1", false},
		{"status=test&sequencetype=event&corrid=" + txA + "&contentid=" + content, true},
		{"status=test&corrid=" + txB, false},
		{"status=test&producttype=confirm", false},
		{"status=test&producttype=confirm," + product, true},
	}
	for _, test := range tests {
		f, err := parseQuery(t, test.query)
		if err != nil || f.Match(m) != test.want {
			t.Errorf("%q matches: %v, %v", test.query, f.Match(m), err)
		}
	}
	f := Filter{Status: Test, Unacknowledged: true}
	m.Acknowledged = true
	if f.Match(m) {
		t.Error("an acknowledged message is listed")
	}
	m.Acknowledged, m.Transfer = false, Synchronous
	if f.Match(m) {
		t.Error("a synchronous message is listed")
	}
}

// Reading page by page gives each message once, in the order of the whole list,
// also where messages are acknowledged between the pages.
func TestPagesLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		messages := make([]Listed, rapid.IntRange(0, 30).Draw(t, "messages"))
		for i := range messages {
			messages[i] = Listed{
				TxID: fmt.Sprintf("t%02d", i), Subject: rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "subject"),
				Arrived: sampleTime().Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "arrived")) * time.Second),
			}
		}
		f := Filter{
			SortBy: rapid.SampledFrom([]SortKey{"", "subject", "meta-x"}).Draw(t, "sort"), Descending: rapid.Bool().Draw(t, "descending"),
			ArrivalLatest: rapid.Bool().Draw(t, "latest"), Unacknowledged: true,
		}
		want := txIDs(f.Apply(messages))
		var got []string
		f.Limit = rapid.IntRange(1, 7).Draw(t, "limit")
		for len(got) <= len(messages) {
			page := txIDs(f.Apply(messages))
			if len(page) == 0 {
				break
			}
			got = append(got, page...)
			f.After = page[len(page)-1]
			for i := range messages {
				messages[i].Acknowledged = messages[i].Acknowledged || slices.Contains(page, messages[i].TxID)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
	if got := (Filter{After: "gone"}).Apply([]Listed{{TxID: "a"}}); len(got) != 1 {
		t.Error("a list after an unknown message does not begin anew")
	}
}

func txIDs(messages []Listed) []string {
	var ids []string
	for _, m := range messages {
		ids = append(ids, m.TxID)
	}
	return ids
}
