package demo

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/sandbox"
)

// paymentOrder: applications, a withdrawal and a reduction at once, verdicts
// and what becomes of objections.
func (c *scene) paymentOrder(ctx context.Context) error {
	c.tell("Betalningsföreläggande. Gäldenärerna lever efter testnumrets löpnummer:", "Payment orders. The debtors live by the serial of the test number:")
	serials := []int{980, 981, 982, 983, 984, 994}
	c.debtors(serials...)
	claims, err := c.claimsOf(serials)
	if err != nil {
		return err
	}
	return c.steps(
		func() error { return c.compose(ctx, filing.BFApplication, claims) },
		func() error { return c.submit(ctx) },
		func() error { return c.night(ctx) },
		func() error { return c.expect(ctx, filing.BFConfirmation) },
		func() error { return c.days(ctx, 11) },
		func() error { return c.settlePayments(ctx) },
		func() error { return c.days(ctx, 14) },
		func() error { return c.expect(ctx, filing.BFVerdict, filing.BFEvent, filing.VEConfirmation) },
		func() error { return c.days(ctx, 30) },
		func() error { return c.expect(ctx, filing.BFEvent, filing.VEFinalAccount) },
	)
}

// steps does one after the other.
func (c *scene) steps(all ...func() error) error {
	for _, step := range all {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (c *scene) expect(ctx context.Context, wanted ...filing.Transaction) error {
	_, err := c.collect(ctx, wanted...)
	return err
}

func (c *scene) claimsOf(serials []int) ([]byte, error) {
	master, _, err := claimlist.ExampleClients()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = sandbox.Claims{Seed: 3, Cases: len(serials), Today: c.today(), Clients: sandbox.ClientsOf(master), Serials: serials}.WriteCSV(&b)
	return b.Bytes(), err
}

// settlePayments withdraws what was paid in full and lowers what was paid in
// part, by the list of payments that the sandbox keeps for the filer.
func (c *scene) settlePayments(ctx context.Context) error {
	f, err := c.fileOf("payments.test.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	var list bytes.Buffer
	if _, err := list.ReadFrom(f); err != nil {
		return err
	}
	whole, part := parted(list.String())
	c.tell("Två gäldenärer har betalat till %s; listan över betalningar blir återkallelse och nedsättning.", "Two debtors have paid to %s; the list of payments becomes a withdrawal and a reduction.", c.desk.Config.Code)
	c.place(f.Name())
	return c.steps(
		func() error { return c.carryOut(ctx, filer.Withdraw, strings.NewReader(whole)) },
		func() error { return c.submit(ctx) },
		func() error { return c.carryOut(ctx, filer.Reduce, strings.NewReader(part)) },
		func() error { return c.submit(ctx) },
	)
}

// parted is the list of payments in two: of those that paid all, and the rest.
func parted(list string) (whole, part string) {
	for i, line := range strings.SplitAfter(list, "\n") {
		paid := strings.HasSuffix(strings.TrimSpace(line), ";betalt")
		if i == 0 || paid {
			whole += line
		}
		if i == 0 || !paid {
			part += line
		}
	}
	return whole, part
}

// enforcement: judgments enforced, with money, earnings, an investigation, a
// change, the yearly fee and final accounts.
func (c *scene) enforcement(ctx context.Context) error {
	c.tell("Verkställighet av domar.", "Enforcement of judgments.")
	serials := []int{994, 995, 996, 980, 981}
	c.debtors(serials...)
	return c.steps(
		func() error {
			return c.compose(ctx, filing.VEApplication, sandbox.Titles(debtorsOf(serials, 1), c.today()))
		},
		func() error { return c.submit(ctx) },
		func() error { return c.night(ctx) },
		func() error { return c.expect(ctx, filing.VEConfirmation) },
		func() error { return c.days(ctx, 30) },
		func() error {
			return c.expect(ctx, filing.VEEarningsAttachment, filing.VEInterimAccount, filing.VEFinalAccount)
		},
		func() error {
			return c.carryOut(ctx, filer.Withdraw, strings.NewReader("Ärendenr;Skäl\nVE-981-001;uppgörelse\n"))
		},
		func() error { return c.submit(ctx) },
		func() error { return c.days(ctx, 330) },
		func() error { return c.expect(ctx, filing.VENewFee, filing.VEInterimAccount, filing.VEFinalAccount) },
	)
}

func debtorsOf(serials []int, n int) []sandbox.Debtor {
	all := make([]sandbox.Debtor, len(serials))
	for i, serial := range serials {
		all[i] = sandbox.DebtorOf(serial, n)
	}
	return all
}

// restructuring: a debtor in enforcement enters debt restructuring, and the
// claim is reported.
func (c *scene) restructuring(ctx context.Context) error {
	c.tell("Skuldsanering.", "Debt restructuring.")
	c.debtors(998)
	debtor := sandbox.DebtorOf(998, 2)
	err := c.steps(
		func() error {
			return c.compose(ctx, filing.VEApplication, sandbox.Titles([]sandbox.Debtor{debtor}, c.today()))
		},
		func() error { return c.submit(ctx) },
		func() error { return c.days(ctx, 15) },
		func() error { return c.expect(ctx, filing.SCOpening) },
	)
	if err != nil {
		return err
	}
	matter, err := c.world.MatterOf(ctx, debtor)
	if err != nil {
		return err
	}
	return c.steps(
		func() error { return c.compose(ctx, filing.SCClaim, sandbox.Reports(matter, debtor, c.today())) },
		func() error { return c.submit(ctx) },
		func() error { return c.night(ctx) },
		func() error { return c.expect(ctx, filing.SCConfirmation) },
		func() error { return c.days(ctx, 110) },
		func() error { return c.expect(ctx, filing.VEFinalAccount) },
	)
}

// debtExtract: a collector and an authority ask of the same persons.
func (c *scene) debtExtract(ctx context.Context) error {
	c.tell("Skuldutdrag: en inkassoingivare frågar om sina gäldenärer.", "Debt extracts: a collector asks about its debtors.")
	var numbers []string
	for _, d := range debtorsOf([]int{980, 994, 995}, 1) {
		numbers = append(numbers, d.Number)
	}
	return c.ask(ctx, filing.DERequest, filing.DEAnswer, sandbox.Questions(numbers, "", c.today()))
}

// procurementExtract: a contracting client asks about tenderers, over
// e-transport.
func (c *scene) procurementExtract(ctx context.Context) error {
	c.tell("Upphandlingsutdrag: en uppdragsgivare frågar om anbudsgivare, över e-transport.", "Procurement extracts: a contracting client asks about tenderers, over e-transport.")
	return c.as(ctx, "UPH", func() error {
		return c.ask(ctx, filing.PERequest, filing.PEAnswer, sandbox.Questions(sandbox.Companies(3), "UPPH-2026-01", c.today()))
	})
}

// ask sends questions, waits out the response time and fetches the answers.
func (c *scene) ask(ctx context.Context, request, answer filing.Transaction, list []byte) error {
	return c.steps(
		func() error { return c.compose(ctx, request, list) },
		func() error { return c.submit(ctx) },
		func() error { return c.days(ctx, 1) },
		func() error { return c.expect(ctx, answer) },
	)
}

// creditExtract: a bureau fetches its first, full delivery, and then what has
// changed.
func (c *scene) creditExtract(ctx context.Context) error {
	c.tell("Kreditupplysning: ett kreditupplysningsföretag får hela utdraget, sedan skillnaderna.", "Credit information: a bureau gets the whole extract, then the differences.")
	return c.as(ctx, "KUP", func() error {
		if err := c.night(ctx); err != nil {
			return err
		}
		if err := c.deliveries(ctx); err != nil {
			return err
		}
		if err := c.days(ctx, 7); err != nil {
			return err
		}
		return c.deliveries(ctx)
	})
}

func (c *scene) deliveries(ctx context.Context) error {
	received, err := c.collect(ctx, filing.CEExtract)
	if err != nil {
		return err
	}
	for _, r := range received {
		if r.Delivery == "" {
			return errors.New("a delivery does not say of what kind it is")
		}
		if len(r.Missing) > 0 {
			return errors.New("a delivery is missing")
		}
		c.show("%s: leverans %d, %s", "%s: delivery %d, %s", r.Transaction, r.Sequence, text{r.Delivery.Swedish(), r.Delivery.English()})
	}
	return nil
}
