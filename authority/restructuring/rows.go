package restructuring

import (
	"iter"

	"filtjanst/authority/store"
)

// table is rows for one table.
type table struct {
	name    string
	columns []string
	rows    iter.Seq[[]any]
}

func (c chunk) tables() []table {
	return []table{
		{"restructuring_report", reportColumns(), c.reportRows()},
		{"restructuring_claim", claimColumns(), c.claimRows()},
	}
}

func reportColumns() []string {
	return []string{"id", "number", "matter_id", "file", "reference", "code_id", "arrived", "registered", "late",
		"identity", "name", "care_of", "street", "postal_code", "town", "country", "phone", "email", "representative",
		"payee_kind", "payee_account", "payee_name", "payee_identity", "total", "blocked"}
}

func (c chunk) reportRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, r := range c.reports {
			representative := ""
			if r.Representative != nil {
				representative = r.Representative.Name
			}
			p := r.Creditor
			if !yield([]any{c.block.id(r.document), c.block.number(r.document), r.matter.ID, c.file.ID, r.Reference, c.file.CodeID,
				store.Micros(c.file.Arrived), c.block.registered.String(), r.late,
				store.Identity(p.Identity), p.Name, p.CareOf, p.Street, p.PostalCode, p.Town, p.Country, p.Phone, p.Email, representative,
				string(r.Payee.Kind), r.Payee.Account, r.Payee.Name, store.Identity(r.Payee.Identity), int64(r.Total), r.matter.Blocked}) {
				return
			}
		}
	}
}

func claimColumns() []string {
	return []string{"report_id", "position", "amount", "interest", "origin", "due_date", "case_number", "ground", "disputed",
		"not_due", "counter_performance", "condition", "security", "security_amount", "guarantor", "guarantor_name",
		"copy_of", "examined", "state", "since", "left_out", "blocked"}
}

func (c chunk) claimRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, r := range c.reports {
			for i, k := range r.Claims {
				if !yield([]any{c.block.id(r.document), int64(i + 1), int64(k.Amount), int64(k.Interest), k.Origin,
					k.DueDate, k.CaseNumber, k.Ground, k.Disputed, k.NotDue, k.CounterPerformance, k.Condition,
					k.Security, int64(k.SecurityAmount), store.Identity(k.Guarantor.Identity), k.Guarantor.Name,
					r.copies[i], false, string(r.state), c.block.registered.String(), "", r.matter.Blocked}) {
					return
				}
			}
		}
	}
}
