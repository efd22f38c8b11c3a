package shs

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// DefaultHits is how many messages are listed where the client does not say,
// MaxHits how many at most.
const (
	DefaultHits = 200
	MaxHits     = 10_000
)

// Parameter is the first value of a parameter, by its name in any case.
func Parameter(query url.Values, name string) string {
	all := parameters(query, name)
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// HasParameter tells whether there is the parameter, by its name in any case.
func HasParameter(query url.Values, name string) bool { return len(parameters(query, name)) > 0 }

// parameters are the values of a parameter by its name in any case; those under
// the name as it is go first.
func parameters(query url.Values, name string) []string {
	all := slices.Clone(query[name])
	for _, other := range slices.Sorted(maps.Keys(query)) {
		if other != name && strings.EqualFold(other, name) {
			all = append(all, query[other]...)
		}
	}
	return all
}

// ParseFilter reads the parameters of a list, by their names in any case.
// Parameters of other names are passed over; a wrong value gives an error that
// names its parameter.
func ParseFilter(query url.Values) (Filter, error) {
	f := Filter{
		Originator: Parameter(query, "originator"), EndRecipient: Parameter(query, "endrecipient"),
		CorrID: Parameter(query, "corrid"), ContentID: Parameter(query, "contentid"),
		After: Parameter(query, "after"), Limit: DefaultHits, Status: Production,
	}
	for _, name := range []string{"filter", "maxhits", "status", "since", "sequencetype", "sortattribute", "sortorder", "arrivalorder"} {
		value := strings.TrimSpace(Parameter(query, name))
		if value == "" {
			continue
		}
		if err := f.set(name, value); err != nil {
			return Filter{}, fmt.Errorf("parameter %s: %w", name, err)
		}
	}
	if err := f.setProducts(parameters(query, "producttype")); err != nil {
		return Filter{}, fmt.Errorf("parameter producttype: %w", err)
	}
	if err := f.setMeta(query); err != nil {
		return Filter{}, err
	}
	return f, nil
}

func (f *Filter) set(name, value string) (err error) {
	switch name {
	case "filter":
		f.Unacknowledged = value == "noack"
		return oneOf(value, "noack")
	case "maxhits":
		f.Limit, err = parseHits(value)
	case "status":
		f.Status = Status(value)
		return oneOf(value, string(Test), string(Production))
	case "since":
		f.Since, err = ParseTime(value)
	case "sequencetype":
		f.Sequence = SequenceType(value)
		return oneOf(value, string(Event), string(Request), string(Reply), string(Admin))
	case "sortattribute":
		f.SortBy, err = parseSort(value)
	case "sortorder":
		f.Descending = strings.HasPrefix(value, "desc")
		return oneOf(value, "ascending", "asc", "descending", "desc")
	case "arrivalorder":
		f.ArrivalLatest = strings.HasPrefix(value, "desc")
		return oneOf(value, "ascending", "asc", "descending", "desc")
	}
	return err
}

func oneOf(value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%q should be %s", clip(value), strings.Join(allowed, ", "))
}

func parseHits(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q should be a number from 1", clip(value))
	}
	return min(n, MaxHits), nil
}

func parseSort(value string) (SortKey, error) {
	key, ok := ParseSortKey(value)
	if !ok {
		return "", fmt.Errorf("%q is not an attribute to sort by", clip(value))
	}
	return key, nil
}

// setProducts takes lists with commas, blanks around them, and repeated parameters.
func (f *Filter) setProducts(values []string) error {
	for _, p := range strings.Split(strings.Join(values, ","), ",") {
		if strings.TrimSpace(p) == "" {
			continue
		}
		product, err := ParseProduct(p)
		if err != nil {
			return err
		}
		f.Products = append(f.Products, product)
	}
	return nil
}

// setMeta takes both forms in use: meta-<name>=value, and metaname with metavalue.
func (f *Filter) setMeta(query url.Values) error {
	for key, values := range query {
		name, ok := strings.CutPrefix(key, "meta-")
		for _, v := range values {
			if ok && name != "" {
				f.Meta = append(f.Meta, Meta{Name: name, Value: v})
			}
		}
	}
	names, values := parameters(query, "metaname"), parameters(query, "metavalue")
	if len(names) != len(values) {
		return fmt.Errorf("parameter metaname stands %d times, metavalue %d times", len(names), len(values))
	}
	for i, name := range names {
		f.Meta = append(f.Meta, Meta{Name: name, Value: values[i]})
	}
	return nil
}

// query writes the parameters that every node is known to take, and our own
// "after". What else the filter asks is for the client to look after.
func (f Filter) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Unacknowledged {
		q.Set("filter", "noack")
	}
	urns := make([]string, len(f.Products))
	for i, p := range f.Products {
		urns[i] = URN(p)
	}
	set("producttype", strings.Join(urns, ","))
	set("status", string(f.Status))
	if f.Limit > 0 {
		q.Set("maxhits", strconv.Itoa(f.Limit))
	}
	if !f.Since.IsZero() {
		q.Set("since", FormatTime(f.Since))
	}
	set("after", f.After)
	return q
}
