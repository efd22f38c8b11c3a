package shs

import (
	"io"
	"time"
)

// DocumentLimit is the largest agreement or product type that is read, in bytes.
const DocumentLimit = 1 << 20

// ReadAgreement reads an agreement. Principal, products, direction, identity and
// first day must be there; schedule and quality of service may be missing.
func ReadAgreement(r io.Reader) (*Agreement, error) {
	root, warnings, err := readXML(r, xmlRules{root: []string{"shs.agreement"}, size: DocumentLimit, lenient: true})
	if err != nil {
		return nil, err
	}
	a := &Agreement{
		ID: root.token("uuid"), Transfer: TransferType(or(root.token("transfer-type"), string(AnyTransfer))),
		Contract: root.token("contract"), Warnings: warnings,
	}
	a.readParties(root.child("shs"))
	a.readGeneral(root.child("general"))
	if err := a.Check(); err != nil {
		return nil, err
	}
	return a, nil
}

// Check tells what is missing or wrong in the agreement.
func (a *Agreement) Check() error {
	if !isToken(a.ID) {
		return fault(IllegalMessageStructure, "the agreement has no usable uuid")
	}
	if err := oneOf(string(a.Transfer), string(Asynchronous), string(Synchronous), string(AnyTransfer)); err != nil {
		return fault(IllegalMessageStructure, "agreement %s: transfer-type: %v", a.ID, err)
	}
	if err := oneOf(string(a.Flow), string(ToCustomer), string(FromCustomer), string(AnyFlow)); err != nil {
		return fault(IllegalMessageStructure, "agreement %s: direction: %v", a.ID, err)
	}
	if err := a.checkParties(); err != nil {
		return err
	}
	for _, day := range []string{a.ValidFrom, or(a.ValidTo, a.ValidFrom)} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fault(IllegalMessageStructure, "agreement %s: the day %q of its validity is not yyyy-MM-dd", a.ID, clip(day))
		}
	}
	return nil
}

func (a *Agreement) checkParties() error {
	if _, err := a.Principal.Address(); err != nil {
		return fault(IllegalMessageStructure, "agreement %s: principal: %v", a.ID, err)
	}
	if len(a.Products) == 0 {
		return fault(IllegalMessageStructure, "agreement %s names no product", a.ID)
	}
	for _, p := range a.Products {
		if _, err := ParseProduct(p.Value); err != nil {
			return fault(IllegalProductType, "agreement %s: %v", a.ID, err)
		}
	}
	if a.Customer == nil {
		return nil
	}
	if _, err := a.Customer.Address(); err != nil {
		return fault(IllegalMessageStructure, "agreement %s: customer: %v", a.ID, err)
	}
	return nil
}

func (a *Agreement) readParties(n *node) {
	if p := readRef(n.child("principal")); p != nil {
		a.Principal = *p
	}
	for _, p := range n.all("product") {
		a.Products = append(a.Products, *readRef(p))
	}
	a.Customer = readRef(n.child("customer"))
	direction := n.child("direction")
	a.Flow, a.FlowNote = Flow(direction.token("flow")), direction.child("description").value()
	if c := n.child("confirm"); c != nil {
		a.Confirm = or(c.token("required"), "yes")
	}
	a.Billing = readBilling(n.child("billing"))
	a.ErrorInfo = n.child("error").value()
}

func readBilling(n *node) *Billing {
	if n == nil {
		return nil
	}
	b := &Billing{
		Required: or(n.token("required"), "yes"), Currency: or(n.token("currency"), "SEK"),
		Note: n.child("description").value(),
	}
	for _, kind := range []string{"per-exchange", "per-volume", "per-period"} {
		if c := n.child(kind); c != nil {
			b.Kind, b.Price, b.Unit = kind, c.token("price"), c.token("unit")
		}
	}
	return b
}

func (a *Agreement) readGeneral(n *node) {
	a.Description = n.child("description").value()
	valid := n.child("valid")
	a.ValidFrom, a.ValidTo = valid.child("valid-from").token("date"), valid.child("valid-to").token("date")
	if s := n.child("schedule"); s != nil {
		every := s.child("intervaltime")
		a.Schedule = &Schedule{
			Day: every.token("day"), Hour: every.token("hour"), Min: every.token("min"),
			Start: s.child("starttime").value(), Stop: s.child("stoptime").value(),
			StartDay: s.token("startdate"), StopDay: s.token("stopdate"), Timezone: s.token("timezone"),
		}
	}
	a.QoS = readQoS(n.child("QoS"))
}

func readQoS(n *node) *QoS {
	if n == nil {
		return nil
	}
	q := &QoS{Open: readOpen(n.child("open")), Note: n.child("description").value()}
	if v := n.child("volume"); v != nil {
		q.Volume = &Volume{
			PerTransfer: v.token("per-transfer"), Unit: or(v.token("unit"), "KB"),
			Average: rateOf(v.child("average")), Peak: peakOf(v), Note: v.child("description").value(),
		}
	}
	if f := n.child("frequency"); f != nil {
		q.Frequency = &Frequency{Average: rateOf(f.child("average")), Peak: peakOf(f), Note: f.child("description").value()}
	}
	if r := n.child("response"); r != nil {
		q.Response = &Response{
			Within: r.token("within"), Unit: r.token("unit"),
			Request: readWindow(r.child("request")), Reply: readWindow(r.child("reply")),
			Note: r.child("description").value(),
		}
	}
	return q
}

func readOpen(n *node) OpenHours {
	when := n.child("when")
	o := OpenHours{
		Day: or(when.token("day"), "every"), Hours: or(when.token("hours"), "all"),
		WhenNote: when.child("description").value(), Note: n.child("description").value(),
	}
	stops := n.all("stoptime")
	for i, start := range n.all("starttime") {
		if i < len(stops) {
			o.Spans = append(o.Spans, Span{Start: start.value(), Stop: stops[i].value()})
		}
	}
	return o
}

func rateOf(n *node) Rate { return Rate{NumberPer: n.token("number-per"), Period: n.token("period")} }

func peakOf(n *node) *Rate {
	if n.child("peak") == nil {
		return nil
	}
	r := rateOf(n.child("peak"))
	return &r
}

func readWindow(n *node) *Window {
	if n == nil {
		return nil
	}
	w := &Window{NotBefore: readWeekTime(n.child("not-before"))}
	if after := n.child("not-after"); after != nil {
		t := readWeekTime(after)
		w.NotAfter = &t
	}
	return w
}

func readWeekTime(n *node) WeekTime {
	t := n.child("week-time")
	return WeekTime{Day: or(t.token("day"), "every"), Time: t.token("time")}
}
