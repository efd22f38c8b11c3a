package authority

import (
	"context"
	"io"
	"os"
	"strings"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/evening"
	"filtjanst/authority/extract"
	"filtjanst/authority/fee"
	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/journal"
	"filtjanst/authority/notice"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/portfolio"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/shs"
	"filtjanst/statute"
)

// build makes the rooms, lower floors first.
func (w *World) build(ctx context.Context, c Config, out Outside) (err error) {
	if w.calendar, err = c.Evening.calendar(); err != nil {
		return err
	}
	if w.law, err = numbersOfLaw(c.Numbers); err != nil {
		return err
	}
	if err := w.openRegisters(c); err != nil {
		return err
	}
	if err := w.openCases(c.Office); err != nil {
		return err
	}
	sets, err := profileSets(w.config)
	if err != nil {
		return err
	}
	services := []service.Service{
		w.Orders, w.Enforcements, w.Matters, w.Extracts.Debt(), w.Extracts.Credit(), w.Extracts.Procurement(), w.Portfolios,
	}
	if err := w.openDoor(ctx, c, out.Random, services, sets); err != nil {
		return err
	}
	w.Evening, err = evening.New(evening.Config{
		DB: w.DB, Clock: w.Clock, Random: out.Random, Evening: w.calendar, Windows: c.Evening.windows(),
		Services: services, Files: w.Door, Outbox: w.Outbox, Parties: w.Parties, Permits: w.Permits, Extensions: w.config.Extensions,
		Sets: sets, Organisation: c.Organisation, Products: w.config.Products, Workers: c.Evening.Workers, Logger: w.log,
		Progress: w.reads,
	})
	if err != nil {
		return err
	}
	return w.openGateway(c)
}

// openRegisters makes the rooms that the services build on.
func (w *World) openRegisters(c Config) (err error) {
	w.Parties, w.Permits, w.Journal = party.New(w.DB), permit.New(w.DB), journal.New(w.DB)
	w.Outbox = outbox.New(w.DB, w.blobs)
	w.archive = intake.NewArchive(w.DB, w.blobs)
	if w.matrix, err = notice.NewMatrix(); err != nil {
		return err
	}
	letters := c.Office.letters()
	letters.Disclosure = w.disclosure()
	if w.Letters, err = notice.New(w.DB, w.Clock, letters); err != nil {
		return err
	}
	return w.openFees(c)
}

// openFees makes the room of fees, whose invoices and reminders go on paper to
// those who want that.
func (w *World) openFees(c Config) error {
	fees, err := c.Office.fees(c.Organisation)
	if err != nil {
		return err
	}
	account, err := c.Office.account()
	if err != nil {
		return err
	}
	fees.Statute = w.law
	fees.Post = w.filerPost().ofFees(func() *fee.Fees { return w.Fees }, account)
	w.Fees, err = fee.Open(w.DB, fees)
	return err
}

// openCases makes the rooms in which cases live.
func (w *World) openCases(office OfficeConfig) (err error) {
	letters := letterbox{w.Letters, w.matrix, w.Parties}
	on := extension(w.Permits, w.Parties, w.config.Extensions)
	account, err := office.account()
	if err != nil {
		return err
	}
	w.Enforcements, err = enforcement.New(enforcement.Config{
		DB: w.DB, Fees: w.Fees, Clock: w.Clock, Statute: w.law, Letters: chosen{letters}, Files: w.archive, Account: account,
		Disclosure: w.disclosure(), Undecided: w.undecided,
	})
	if err != nil {
		return err
	}
	if w.Orders, err = w.newOrders(letters, on); err != nil {
		return err
	}
	w.Matters, err = restructuring.New(restructuring.Config{
		DB: w.DB, Clock: w.Clock, Statute: w.law, Parties: w.Parties, Permits: w.Permits, Letters: w.Letters, Enforcer: w.Enforcements,
		Portfolios: []restructuring.Portfolio{debtorCases(w.Parties)}, Cases: []restructuring.KnownCases{w.Orders.KnownCases, w.Enforcements.KnownCases},
		Files: w.archive, Extension: on, Disclosure: w.disclosure(),
	})
	if err != nil {
		return err
	}
	if w.Extracts, err = extract.New(extract.Config{DB: w.DB, Clock: w.Clock, Statute: w.law, Permits: w.Permits, Files: w.archive, Bankrupt: w.Enforcements.BankruptcyOf}); err != nil {
		return err
	}
	w.Portfolios, err = portfolio.New(portfolio.Config{
		DB: w.DB, Parties: w.Parties, Extension: on, Cases: []portfolio.Cases{w.Orders, w.Enforcements, claimReports{w.Matters}},
	})
	w.rooms = []room{
		{name: "bf", acting: w.Orders, view: w.orderView}, {name: "ve", acting: w.Enforcements, view: w.enforcementView},
		{name: "sc", acting: w.Matters, view: w.matterView}, {name: "extract", acting: w.Extracts},
		{name: "fee", acting: w.Fees}, {name: "letter", acting: w.Letters},
		{name: "permit", acting: permit.NewDesk(w.Permits, w.Parties, w.Clock, w.filerPost().ofPermit)}, {name: partyRoom, acting: w.partyDesk()},
	}
	return err
}

// undecided asks the room of restructurings, which is made after that of
// enforcement.
func (w *World) undecided(r store.Reader, debtors []identity.Number) (map[identity.Number]calendar.Day, error) {
	return w.Matters.Undecided(r, debtors)
}

// disclosure reaches those who have extracts. The rooms that it is given to are
// made before the room of extracts, which reads their views.
func (w *World) disclosure() service.Disclosure {
	return service.Disclosure{
		AtOnce: func(tx store.Tx, day calendar.Day, persons ...identity.Number) error {
			return w.Extracts.TellAtOnce(tx, day, persons...)
		},
		Unnamed: func(tx store.Tx) error { return w.Extracts.Distrust(tx) },
	}
}

func (w *World) newOrders(letters letterbox, on func(store.Reader, int64, filing.Transaction) (bool, error)) (*paymentorder.Orders, error) {
	config := paymentorder.Config{
		DB: w.DB, Fees: w.Fees, Clock: w.Clock, Statute: w.law, Enforcer: enforcer{w.Enforcements}, Letters: ofCode{letters},
		Keeper: w.archive, Files: w.archive, Extension: on,
		Disclosure: w.disclosure(),
	}
	if w.config.CaseNumber != "" {
		pattern, err := paymentorder.ParsePattern(w.config.CaseNumber)
		if err != nil {
			return nil, refusal("worlds."+w.Name+".case_number", "%v", err)
		}
		config.Numbers = pattern
	}
	return paymentorder.New(config)
}

func (w *World) openDoor(ctx context.Context, c Config, random io.Reader, services []service.Service, sets filing.Sets) (err error) {
	w.Door, err = intake.New(ctx, intake.Rooms{
		DB: w.DB, Blobs: w.blobs, Clock: w.Clock, Random: random, Evening: w.calendar, Sets: sets, Statute: w.law,
		Services: services, Parties: w.Parties, Permits: w.Permits, Journal: w.Journal, Outbox: w.Outbox,
		Extensions: w.config.Extensions, ResponseTimes: w.config.responseTimes(),
		Organisation: c.Organisation, Products: w.config.Products, World: w.Name, Logger: w.log,
	})
	return err
}

// numbersOfLaw are those in the program with those of the files given.
func numbersOfLaw(files []string) (*statute.Table, error) {
	sources := make([][]byte, len(files))
	for i, name := range files {
		text, err := os.ReadFile(name)
		if err == nil {
			_, err = statute.New(text) // alone, so that the fault is told of the file
		}
		if err != nil {
			return nil, refusal("numbers", "%s: %v", name, err)
		}
		sources[i] = text
	}
	table, err := statute.New(sources...)
	if err != nil {
		return nil, refusal("numbers", "%v", err)
	}
	return table, nil
}

// profileSets are those given as directories, and the program's own.
func profileSets(w namedWorld) (filing.Sets, error) {
	sets := filing.Sets{filing.Own()}
	for _, dir := range w.Profiles {
		set, err := filing.LoadSet(os.DirFS(dir))
		if err != nil {
			return nil, refusal("worlds."+w.name+".profiles", "%s: %v", dir, err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func (w *World) openGateway(c Config) error {
	incoming := func(tx filing.Transaction) bool {
		info, _ := filing.Info(tx)
		return info.Direction == filing.In
	}
	products, err := gateway.NewProducts(w.config.Products, incoming)
	if err != nil {
		return err
	}
	agreements, err := readAgreements(w.config)
	if err != nil {
		return err
	}
	w.gateway = &gateway.World{
		Name: w.Name, Status: w.config.status, Hosts: lowered(w.config.Hosts), Elsewhere: w.config.Elsewhere, DB: w.DB, Door: w.Door, Box: w.Outbox,
		Parties: w.Parties, Products: products, Agreements: agreements, Clock: w.Clock,
	}
	if len(agreements) == 0 {
		w.gateway.Public = publicAgreements(c.Organisation, w.config.Products)
	}
	return nil
}

func lowered(names []string) []string {
	lower := make([]string, len(names))
	for i, name := range names {
		lower[i] = strings.ToLower(name)
	}
	return lower
}

func readAgreements(w namedWorld) ([]shs.Agreement, error) {
	var all []shs.Agreement
	for _, file := range w.Agreements {
		f, err := os.Open(file)
		if err != nil {
			return nil, refusal("worlds."+w.name+".agreements", "%v", err)
		}
		agreement, err := shs.ReadAgreement(f)
		f.Close()
		if err != nil {
			return nil, refusal("worlds."+w.name+".agreements", "%s: %v", file, err)
		}
		all = append(all, *agreement)
	}
	return all, nil
}

// publicAgreements let anyone admitted send any product.
func publicAgreements(organisation string, products map[filing.Transaction]string) []shs.PublicAgreement {
	var all []shs.PublicAgreement
	for _, product := range products {
		all = append(all, shs.PublicAgreement{Principal: organisation, Product: product})
	}
	return all
}
