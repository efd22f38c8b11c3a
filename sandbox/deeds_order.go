package sandbox

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// theCourt is where reopened cases go.
const theCourt = "Provköpings tingsrätt"

func serve(ctx context.Context, d *doing) error {
	return d.Orders.Serve(ctx, d.by, d.number, d.respondent, d.due)
}

func failService(ctx context.Context, d *doing) error {
	return d.Orders.ServiceFailed(ctx, d.by, d.number, d.respondent, []string{"Vanlig delgivning", "Telefondelgivning", "Stämningsmannadelgivning"})
}

func offered(accepted bool) func(context.Context, *doing) error {
	return func(ctx context.Context, d *doing) error {
		return d.Orders.ServiceOffer(ctx, d.by, d.number, d.respondent, accepted)
	}
}

func object(ctx context.Context, d *doing) error {
	o := paymentorder.Objection{Respondent: d.respondent, Received: d.due, Reasons: "Jag är inte skyldig detta."}
	if d.Percent < 100 {
		c, err := d.order(ctx)
		if err != nil {
			return err
		}
		o.Part, o.Amount = 1, percent(firstPart(c, d.respondent), d.Percent)
	}
	return d.Orders.Object(ctx, d.by, d.number, o)
}

func firstPart(c paymentorder.Case, respondent int64) (sum money.Amount) {
	for _, p := range c.States {
		if p.Respondent == respondent && p.Part == 1 {
			sum += p.Amount
		}
	}
	return sum
}

// percent is a part of an amount, at least an öre of one that is not nothing.
func percent(of money.Amount, share int) money.Amount {
	return max(of*money.Amount(share)/100, min(of, 1))
}

func write(ctx context.Context, d *doing) error {
	return d.Orders.TakeWriting(ctx, d.by, d.number, d.respondent, "Jag bestrider kravet.", false, "", d.due)
}

func reopen(ctx context.Context, d *doing) error {
	return d.Orders.RequestReopening(ctx, d.by, d.number, d.respondent, theCourt, d.due)
}

func stay(ctx context.Context, d *doing) error {
	return d.Orders.Stay(ctx, d.by, d.number, d.respondent)
}

func letStand(ctx context.Context, d *doing) error {
	return d.Orders.VerdictStands(ctx, d.by, d.number, d.respondent)
}

func setAside(ctx context.Context, d *doing) error {
	return d.Orders.SetAside(ctx, d.by, d.number, d.respondent, 0, 0)
}

// order is the payment-order case.
func (d *doing) order(ctx context.Context) (c paymentorder.Case, err error) {
	err = d.read(ctx, func(r store.Reader) error {
		var found bool
		if c, found, err = d.Orders.Case(r, d.number); err == nil && !found {
			err = service.UnknownCase(d.number)
		}
		return err
	})
	return c, err
}

func returnLetter(ctx context.Context, d *doing) error {
	return d.Letters.Return(ctx, d.letter, "Mottagaren har flyttat, adress okänd")
}

// moveAway finds the new address and sends the order there.
func moveAway(ctx context.Context, d *doing) error {
	to := notice.Address{Street: fmt.Sprintf("Nya Provgatan %d", 1+d.letter%90), PostalCode: "12399", Town: "Övningsö"}
	err := d.Orders.ChangeAddress(ctx, d.by, d.number, d.respondent, filing.Party{Street: to.Street, PostalCode: to.PostalCode, Town: to.Town})
	if err != nil {
		return err
	}
	return d.Letters.Requeue(ctx, d.by, d.letter, to)
}

func protect(ctx context.Context, d *doing) error {
	if d.respondent == 0 {
		return d.Enforcements.Protect(ctx, d.by, d.number, true)
	}
	return d.Orders.Protect(ctx, d.by, d.number, d.respondent, true)
}

func die(ctx context.Context, d *doing) error {
	if d.respondent == 0 {
		return d.Enforcements.Died(ctx, d.by, d.number)
	}
	return d.Orders.NoteDeath(ctx, d.by, d.number, d.respondent)
}

func nameEstate(ctx context.Context, d *doing) error {
	agent := filing.Party{Name: "Provbolaget i Åmål AB", Street: "Provgatan 7", PostalCode: "12345", Town: "Provköping"}
	if d.respondent == 0 {
		return d.Enforcements.EstateKnown(ctx, d.by, d.number, agent)
	}
	return d.Orders.NameEstate(ctx, d.by, d.number, d.respondent, agent)
}

// claimed is what a respondent owes in a payment order, of which nothing has
// been decided otherwise.
func claimed(c paymentorder.Case, respondent int64) (sum money.Amount) {
	for _, p := range c.States {
		if p.Respondent == respondent && p.State.Open() {
			sum += p.Amount + p.Accrued
		}
	}
	return sum
}

// monthly is the next day after one on which wages are paid.
func monthly(after calendar.Day) calendar.Day {
	year, month, day := after.Date()
	pay := calendar.Date(year, month, payday)
	if day >= payday {
		pay = pay.AddMonths(1)
	}
	return pay
}

func isPayday(d calendar.Day) bool {
	_, _, day := d.Date()
	return day == payday
}

// payday is the day of the month on which wages are paid.
const payday = 25
