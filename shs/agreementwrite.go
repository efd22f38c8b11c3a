package shs

// Marshal writes the agreement in the order of its document type. What that
// demands and the agreement does not state is written as once a day and open
// always.
func (a *Agreement) Marshal() ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	w := newXMLWriter("shs.agreement", "shs-agreement-1.2.dtd")
	w.attr("version", "1.2")
	w.attr("uuid", a.ID)
	w.attr("transfer-type", string(a.Transfer))
	w.option("contract", a.Contract)
	a.writeParties(w)
	a.writeGeneral(w)
	return w.finish()
}

func (a *Agreement) writeParties(w *xmlWriter) {
	w.start("shs")
	writeProductRef(w, "principal", a.Principal)
	for _, p := range a.Products {
		writeProductRef(w, "product", p)
	}
	if a.Customer != nil {
		writeProductRef(w, "customer", *a.Customer)
	}
	w.start("direction")
	w.attr("flow", string(a.Flow))
	w.optionalLeaf("description", a.FlowNote)
	w.end()
	if a.Confirm != "" {
		w.start("confirm")
		w.attr("required", a.Confirm)
		w.end()
	}
	a.Billing.write(w)
	w.optionalLeaf("error", a.ErrorInfo)
	w.end()
}

func (b *Billing) write(w *xmlWriter) {
	if b == nil {
		return
	}
	w.start("billing")
	w.option("required", b.Required)
	w.option("currency", b.Currency)
	w.start(or(b.Kind, "per-exchange"))
	w.attr("price", b.Price)
	w.option("unit", b.Unit)
	w.end()
	w.optionalLeaf("description", b.Note)
	w.end()
}

func (a *Agreement) writeGeneral(w *xmlWriter) {
	w.start("general")
	w.optionalLeaf("description", a.Description)
	w.start("valid")
	writeDay(w, "valid-from", a.ValidFrom)
	if a.ValidTo != "" {
		writeDay(w, "valid-to", a.ValidTo)
	}
	w.end()
	a.Schedule.write(w)
	a.QoS.write(w)
	w.end()
}

func writeDay(w *xmlWriter, element, day string) {
	w.start(element)
	w.attr("date", day)
	w.end()
}

func (s *Schedule) write(w *xmlWriter) {
	if s == nil {
		s = &Schedule{Day: "1"}
	}
	w.start("schedule")
	w.option("startdate", s.StartDay)
	w.option("stopdate", s.StopDay)
	w.option("timezone", s.Timezone)
	w.start("intervaltime")
	w.option("day", s.Day)
	w.option("hour", s.Hour)
	w.option("min", s.Min)
	w.end()
	w.optionalLeaf("starttime", s.Start)
	w.optionalLeaf("stoptime", s.Stop)
	w.end()
}

func (q *QoS) write(w *xmlWriter) {
	if q == nil {
		q = &QoS{}
	}
	w.start("QoS")
	q.Open.write(w)
	if q.Volume != nil && q.Frequency != nil {
		q.writeVolume(w)
	}
	q.Response.write(w)
	w.optionalLeaf("description", q.Note)
	w.end()
}

func (q *QoS) writeVolume(w *xmlWriter) {
	w.start("volume")
	w.attr("per-transfer", q.Volume.PerTransfer)
	w.attr("unit", or(q.Volume.Unit, "KB"))
	writeRates(w, q.Volume.Average, q.Volume.Peak, q.Volume.Note)
	w.end()
	w.start("frequency")
	writeRates(w, q.Frequency.Average, q.Frequency.Peak, q.Frequency.Note)
	w.end()
}

func (o OpenHours) write(w *xmlWriter) {
	w.start("open")
	w.start("when")
	w.attr("day", or(o.Day, "every"))
	w.attr("hours", or(o.Hours, "all"))
	w.optionalLeaf("description", o.WhenNote)
	w.end()
	for _, s := range o.Spans {
		w.leaf("starttime", s.Start)
		w.leaf("stoptime", s.Stop)
	}
	w.optionalLeaf("description", o.Note)
	w.end()
}

func writeRates(w *xmlWriter, average Rate, peak *Rate, note string) {
	average.write(w, "average")
	if peak != nil {
		peak.write(w, "peak")
	}
	w.optionalLeaf("description", note)
}

func (r Rate) write(w *xmlWriter, element string) {
	w.start(element)
	w.attr("number-per", r.NumberPer)
	w.attr("period", r.Period)
	w.end()
}

func (r *Response) write(w *xmlWriter) {
	if r == nil {
		return
	}
	w.start("response")
	w.attr("within", r.Within)
	w.attr("unit", r.Unit)
	if r.Request != nil {
		r.Request.write(w, "request")
		if r.Reply != nil {
			r.Reply.write(w, "reply")
		}
	}
	w.optionalLeaf("description", r.Note)
	w.end()
}

func (v *Window) write(w *xmlWriter, element string) {
	w.start(element)
	v.NotBefore.write(w, "not-before")
	if v.NotAfter != nil {
		v.NotAfter.write(w, "not-after")
	}
	w.end()
}

func (t WeekTime) write(w *xmlWriter, element string) {
	w.start(element)
	w.start("week-time")
	w.attr("day", or(t.Day, "every"))
	w.option("time", t.Time)
	w.end()
	w.end()
}
