package demo

import (
	"context"
	"fmt"

	"filtjanst/filing"
	"filtjanst/sandbox"
)

// All stands for every service, one after the other.
const All = "all"

// plays are the stories of the services, in the order in which they are told:
// those first whose deliveries would pile up, that last which tells of the others.
func plays() []play {
	return []play{
		{filing.CreditExtract, (*scene).creditExtract},
		{filing.ProcurementExtract, (*scene).procurementExtract},
		{filing.PaymentOrder, (*scene).paymentOrder},
		{filing.Restructuring, (*scene).restructuring},
		{filing.Enforcement, (*scene).enforcement},
		{filing.DebtExtract, (*scene).debtExtract},
	}
}

type play struct {
	service filing.Service
	tell    func(*scene, context.Context) error
}

// Choices are the names by which [Services] plays: those of the services, and All.
func Choices() []string {
	choices := []string{All}
	for _, p := range plays() {
		choices = append(choices, string(p.service))
	}
	return choices
}

// ServicesResult is what was sent and fetched, as programs read it.
type ServicesResult struct {
	Services []Service `json:"services"`
	Kept     string    `json:"kept,omitempty"`
}

// Services plays one service, or All, from the first file to the end, with debtors
// who answer.
func Services(ctx context.Context, world *sandbox.Sandbox, o Options, name string) (ServicesResult, error) {
	result := ServicesResult{Kept: o.kept()}
	err := o.play(ctx, world, func(s *story) error {
		for _, p := range plays() {
			if name != All && name != string(p.service) {
				continue
			}
			c := &scene{story: s, seen: Service{Service: p.service, Files: []File{}}}
			if err := p.tell(c, ctx); err != nil {
				return fmt.Errorf("service %s: %w", p.service, err)
			}
			result.Services = append(result.Services, c.seen)
		}
		return nil
	})
	return result, err
}

// Service is what was sent and fetched while one service was played.
type Service struct {
	Service filing.Service `json:"service"`
	Files   []File         `json:"files"`
}

// File is one file that was sent or fetched.
type File struct {
	Transaction filing.Transaction `json:"transaction"`
	Code        string             `json:"code"` // the filer's party code
	Direction   filing.Direction   `json:"direction"`
	Sequence    int64              `json:"sequence,omitempty"`
	Outcome     filing.Outcome     `json:"outcome,omitempty"`
	Documents   int64              `json:"documents,omitempty"`
	Path        string             `json:"path"`
}
