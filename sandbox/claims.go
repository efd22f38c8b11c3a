package sandbox

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/money"
)

// Claims generates a filer's export of unpaid claims: one row per invoice,
// Windows-1252, semicolons and decimal commas, as collection systems write
// it. The same seed gives the same bytes.
type Claims struct {
	Seed    uint64
	Cases   int
	Today   calendar.Day
	Clients []Client
	Mix     Mix
	// Serials settle how the debtors live, in turn, and make them persons who
	// owe alone; none: by chance.
	Serials []int
}

// Client (uppdragsgivare) is a creditor for whom a filer acts, as the export
// names it.
type Client struct {
	Number string
	Name   string
	Branch string // "" = any
}

// ClientsOf names the creditors of a client master.
func ClientsOf(master *claimlist.Clients) []Client {
	var clients []Client
	for _, c := range master.All() {
		clients = append(clients, Client{Number: c.Number, Name: c.Party.Name})
	}
	return clients
}

var columns = strings.Split("Ärendenr;Uppdragsgivarnr;Borgenär;Urspr.borgenär;Typ;Pers/orgnr;Namn;C/o;Adress;Postnr;Ort;Mobil;E-post;Svar2 pnr;Svar2 namn;Fakturanr;Fakturadat;Förfallodat;Kapital;Räntetyp;Ränta %;Ränta fr.o.m.;Uppl. ränta;Ränta t.o.m.;Påminn.avg;Ink.kostn;Förs.ers;Ans.avg;Ombudsarv;Kravdatum;Krav betalas senast;Preskr.dat;Verkställ;Grund", ";")

// Totals is what a generated list holds.
type Totals struct {
	Cases    int
	Invoices int
}

// WriteCSV writes the list. Without a mix it is that of DefaultMix.
func (c Claims) WriteCSV(w io.Writer) (Totals, error) {
	out := csv.NewWriter(charmap.Windows1252.NewEncoder().Writer(w))
	out.Comma, out.UseCRLF = ';', true
	if err := out.Write(columns); err != nil {
		return Totals{}, err
	}
	t, err := c.each(out.Write)
	if err != nil {
		return t, err
	}
	out.Flush()
	return t, out.Error()
}

// WriteJSON writes the list as JSON in UTF-8: an array, or with lines an object
// on each line. An object is a row, its keys the columns that it fills.
func (c Claims) WriteJSON(w io.Writer, lines bool) (Totals, error) {
	begin, between, end := "[\n", ",\n", "\n]\n"
	if lines {
		begin, between, end = "", "\n", "\n"
	}
	before := begin
	t, err := c.each(func(row []string) error {
		text, err := objectOf(row)
		if err == nil {
			_, err = io.WriteString(w, before+text)
		}
		before = between
		return err
	})
	if err == nil {
		_, err = io.WriteString(w, end)
	}
	return t, err
}

// objectOf is a row as JSON, its keys in the order of the columns.
func objectOf(row []string) (string, error) {
	var members []string
	for i, cell := range row {
		if cell == "" {
			continue
		}
		key, keyErr := json.Marshal(columns[i])
		value, err := json.Marshal(cell)
		if err = errors.Join(keyErr, err); err != nil {
			return "", err
		}
		members = append(members, string(key)+": "+string(value))
	}
	return "{" + strings.Join(members, ", ") + "}", nil
}

// each draws the rows of the list.
func (c Claims) each(write func(row []string) error) (Totals, error) {
	if len(c.Mix.Branches) == 0 {
		var err error
		if c.Mix, err = DefaultMix(); err != nil {
			return Totals{}, err
		}
	}
	var t Totals
	r := rand.New(rand.NewPCG(c.Seed, uint64(c.Cases)))
	for i := range c.Cases {
		rows, err := c.caseRows(r, i)
		if err != nil {
			return t, err
		}
		for _, row := range rows {
			if err := write(row); err != nil {
				return t, err
			}
		}
		t.Cases++
		t.Invoices += len(rows)
	}
	return t, nil
}

// claim is one case before it becomes rows.
type claim struct {
	reference string
	client    Client
	branch    Branch
	business  bool
	agreed    money.Rate
	debtor    []string // type, number, name, c/o, street, postal code, town, mobile, e-mail, second number, second name
	demand    calendar.Day
}

func (c Claims) caseRows(r *rand.Rand, index int) ([][]string, error) {
	k := c.draw(r, index)
	n := 1 + weighted(r, c.Mix.Invoices)
	rows := make([][]string, 0, n)
	for range n {
		row, err := c.invoiceRow(r, k)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (c Claims) draw(r *rand.Rand, index int) claim {
	client := pick(r, c.Clients)
	k := claim{
		reference: fmt.Sprintf("%02d-%07d", c.Today.Year()%100, 1000000+index),
		client:    client,
		branch:    c.branchOf(r, client),
		demand:    c.Today.AddDays(-30 - r.IntN(30)),
	}
	k.business = k.branch.Business || r.Float64() >= c.Mix.Persons
	if r.Float64() < c.Mix.AgreedInterest {
		k.agreed = agreedRate
	}
	k.debtor = c.debtor(r, k.business)
	if len(c.Serials) > 0 {
		k.business = false
		k.debtor = c.living(r, c.Serials[index%len(c.Serials)])
	}
	return k
}

func (c Claims) branchOf(r *rand.Rand, client Client) Branch {
	for _, b := range c.Mix.Branches {
		if b.Name == client.Branch {
			return b
		}
	}
	weights := make([]float64, len(c.Mix.Branches))
	for i, b := range c.Mix.Branches {
		weights[i] = b.Weight
	}
	return c.Mix.Branches[weighted(r, weights)]
}

// living is a person who lives by the serial and owes alone.
func (c Claims) living(r *rand.Rand, serial int) []string {
	return []string{"P", numbered(adult(r, c.Today), serial), pick(r, families) + " " + pick(r, firsts), "", street(r), postalCode(r), pick(r, towns),
		fmt.Sprintf("070000%04d", r.IntN(10000)), "prov@example.com", "", ""}
}

func (c Claims) debtor(r *rand.Rand, business bool) []string {
	address := []string{"", street(r), postalCode(r), pick(r, towns)}
	if business {
		return append(append([]string{"F", organisationNumber(r), pick(r, firms)}, address...), "", "", "", "")
	}
	family := pick(r, families)
	person := append([]string{"P", personalNumber(r, c.Today), family + " " + pick(r, firsts)}, address...)
	person = append(person, fmt.Sprintf("070000%04d", r.IntN(10000)), "prov@example.com")
	if r.Float64() < c.Mix.JointlyLiable {
		return append(person, personalNumber(r, c.Today), family+" "+pick(r, firsts))
	}
	return append(person, "", "")
}
