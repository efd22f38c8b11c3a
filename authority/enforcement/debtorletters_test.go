package enforcement_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

// post is a service whose letters are read.
type post struct {
	*scene
	letters *notice.Letters
	read    int64 // the last letter that was read
}

func eachPost(t *testing.T, fn func(p *post)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b, letters := withLetters(t, open())
		fn(&post{scene: &scene{bench: b}, letters: letters})
	})
}

// started opens the case of an application and starts it.
func (p *post) started(a *filing.EnforcementApplication) {
	p.Helper()
	p.open(a)
	p.number = p.find(a.Reference)[0].Number
	p.must(p.room.Start(p.Context(), officer, p.number))
}

// came are the letters since the last time, each as its message and recipient,
// and the words of all.
func (p *post) came() (list []string, words string) {
	p.Helper()
	var items []notice.Item
	p.bench.read(func(r store.Reader) (err error) {
		items, _, err = p.letters.List(r, notice.Filter{After: p.read})
		return err
	})
	for _, it := range items {
		p.read = it.ID
		list = append(list, string(it.Message)+" "+string(it.Recipient.Role)+" "+string(it.Route()))
		var page bytes.Buffer
		p.must(p.letters.HTML(&page, it))
		words += page.String()
		p.show(it)
	}
	return list, strings.ReplaceAll(words, "\u00a0", " ")
}

// show writes the letter where one can look at it.
func (p *post) show(it notice.Item) {
	p.Helper()
	dir := os.Getenv("FILTJANST_TEST_LETTERS")
	if dir == "" {
		return
	}
	var pdf bytes.Buffer
	p.must(p.letters.PDF(&pdf, it))
	name := strings.ReplaceAll(p.Name(), "/", "-") + "-" + strconv.FormatInt(it.ID, 10) + "-" + string(it.Message) + ".pdf"
	p.must(os.WriteFile(filepath.Join(dir, name), pdf.Bytes(), 0o600))
}

func (p *post) wantLetters(what string, want ...string) string {
	p.Helper()
	got, words := p.came()
	if diff := cmp.Diff(want, got); diff != "" {
		p.Errorf("%s: %s", what, diff)
	}
	return words
}

func (p *post) wantWords(words string, all ...string) {
	p.Helper()
	for _, w := range all {
		if !strings.Contains(words, w) {
			p.Errorf("the letters do not say %q", w)
		}
	}
}

// The debtor is told before attachment, once, with what it takes to pay (UB
// 4:12).
func TestTheDebtorIsToldBeforeAttachment(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		words := p.wantLetters("the start", "ve.attachment_notice debtor post")
		// to 2 March 29 days of interest at 12 % of 1000 kr, and the basic fee
		p.wantWords(words, "Gäldenär 1", "Provbolaget AB har rätt", "Kapital, förfallet 2025-11-01", "1 000,00 kr", "Ränta</th><td>19,53 kr",
			"Inkassokostnad", "Avgifter för målet</th><td>600,00 kr", "1 799,53 kr", "bankgiro 991-2346", p.number, "Räntan fortsätter att löpa",
			"utslag i mål om betalningsföreläggande den 1 februari 2026", "Betala senast</th><td>16 mars 2026")
		p.must(p.room.OrderCompletion(p.Context(), officer, p.number, enforcement.LacksTitle))
		p.must(p.room.Lodge(p.Context(), officer, p.number))
		p.came()
		p.must(p.room.Start(p.Context(), officer, p.number))
		p.wantLetters("the second start")
		p.open(application("B", 2))
		p.must(p.room.StartUnnoticed(p.Context(), officer, p.one("B").Number))
		p.wantLetters("a start in a hurry")
		goods := application("C", 3)
		goods.Measure = filing.Repossession
		p.started(goods)
		p.wantLetters("a repossession")
	})
}

// The debtor and the employer are told of each decision on earnings, and of its
// end when the case ends.
func TestEarningsAreToldToDebtorAndEmployer(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.came()
		both := []string{"ve.earnings_debtor debtor post", "ve.earnings_employer employer post"}
		p.earnings(filing.EarningsNew)
		words := p.wantLetters("new", both...)
		p.wantWords(words, "Beslut om utmätning av din lön", "Arbetsgivaren AB", "900,00 kr", "6 000,00 kr", "1 799,53 kr",
			"Beslut: ni ska hålla inne lön", "bankgiro 991-2346", "Provgatan 9", "ingen sista dag")
		decide := func(kind filing.EarningsDecision, change func(*enforcement.EarningsDecision)) {
			e := enforcement.EarningsDecision{EarningsAttachment: filing.EarningsAttachment{Kind: kind}}
			change(&e)
			p.must(p.room.AttachEarnings(p.Context(), officer, p.number, e))
		}
		decide(filing.EarningsChanged, func(e *enforcement.EarningsDecision) { e.AllAboveReserve, e.Reserve, e.Daily = true, 300_00, true })
		words = p.wantLetters("changed, at the same employer", both...)
		p.wantWords(words, "Ändrat beslut om utmätning av din lön", "Arbetsgivaren AB", "allt över förbehållsbeloppet", "Förbehållsbelopp per dag",
			"Lägg ihop dem")
		decide(filing.EarningsRespite, func(e *enforcement.EarningsDecision) { e.Until = p.in(30) })
		p.wantWords(p.wantLetters("respite", both...), "Anstånd till och med</th><td>1 april 2026", "göra uppehåll")
		decide(filing.EarningsChanged, func(e *enforcement.EarningsDecision) {
			e.Amount, e.Employer.Name, e.Address = 500_00, "Nya bolaget AB", notice.Address{Street: "Nygatan 1", PostalCode: "11122", Town: "Orten"}
		})
		words = p.wantLetters("another employer", append([]string{both[1]}, both...)...)
		p.wantWords(words, "ni ska inte längre hålla inne lön", "Nya bolaget AB")
		p.receive(5000_00)
		words = p.wantLetters("paid", both[1], both[0])
		p.wantWords(words, "Nya bolaget AB", "Din lön utmäts inte längre")
		if strings.Contains(words, "Arbetsgivaren AB") {
			p.Error("the employer of before is told")
		}
	})
}

func TestTheDebtorIsToldThatNothingWasFound(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.came()
		find := func(result filing.InvestigationResult) {
			p.must(p.room.Investigate(p.Context(), officer, p.number, result, 0, ""))
		}
		find(filing.AssetsFound)
		p.wantLetters("found")
		find(filing.AssetsMissing)
		p.wantWords(p.wantLetters("missing", "ve.investigation_debtor debtor post"), "1 799,53 kr", "räntan löper")
		p.must(p.room.Resume(p.Context(), officer, p.number))
		p.earnings(filing.EarningsNew)
		p.came()
		find(filing.AssetsPartly)
		p.wantWords(p.wantLetters("partly", "ve.investigation_debtor debtor post"), "Utmätningen av lönen fortsätter")
	})
}

// Letters go to who acts for the debtor, to the estate of one who has died, and
// by way of the Tax Agency to a protected one; where nobody is reached it is
// noted in the case.
func TestWhoGetsTheLettersOfADebtor(t *testing.T) {
	eachPost(t, func(p *post) {
		minor := application("A", 1)
		minor.Respondents[0].LegalRepresentative = &filing.Party{Name: "Förmyndaren", Street: "Provvägen 9", PostalCode: "11122", Town: "Stockholm"}
		p.started(minor)
		p.wantWords(p.wantLetters("a minor", "ve.attachment_notice legal_representative post"), "ställföreträdare för Gäldenär 1")

		p.started(application("B", 2))
		p.earnings(filing.EarningsNew)
		p.came()
		p.must(p.room.Died(p.Context(), officer, p.number))
		p.wantLetters("dead", "ve.earnings_employer employer post")
		p.must(p.room.EstateKnown(p.Context(), officer, p.number, filing.Party{Name: "Dödsbodelägaren"}))
		p.must(p.room.Investigate(p.Context(), officer, p.number, filing.AssetsMissing, 0, ""))
		p.wantLetters("an estate whose agent has no address", "ve.investigation_debtor estate post")

		lost := application("C", 3)
		lost.Respondents[0].PostalCode, lost.Respondents[0].Town = "", ""
		p.started(lost)
		p.wantLetters("no address")
		var events []service.Event
		p.bench.read(func(r store.Reader) (err error) {
			events, err = p.room.Story(r, p.number)
			return err
		})
		if last := events[len(events)-1]; last.Kind != "no_address" || last.Text != string(notice.AttachmentNotice) {
			p.Errorf("the case tells %s %q last", last.Kind, last.Text)
		}
		p.must(p.room.Protect(p.Context(), officer, p.number, true))
		p.must(p.room.Investigate(p.Context(), officer, p.number, filing.AssetsMissing, 0, ""))
		p.wantLetters("protected", "ve.investigation_debtor debtor forwarded")
	})
}

// Whoever is protected in one case is so in all, and its address is not taken
// by file.
func TestAProtectedDebtor(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.must(p.room.Protect(p.Context(), officer, p.number, true))
		p.started(application("B", 1))
		words := p.wantLetters("two cases", "ve.attachment_notice debtor forwarded", "ve.attachment_notice debtor forwarded")
		if strings.Contains(words, "Provvägen 2") {
			p.Error("a letter shows the address")
		}
		move := func() filing.Code {
			doc := service.Document{Number: 1, Content: &filing.PartyChange{CaseKey: filing.CaseKey{CaseNumber: p.number, Respondent: person(1)},
				Kind: filing.ChangedAddress, OfRespondent: true, Party: &filing.Party{Street: "Ny 1", PostalCode: "11122", Town: "Orten"}}}
			var j service.Judgement
			f := p.file(filing.XXPartyChange, 1)
			p.must(p.db.Do(p.Context(), func(tx store.Tx) (err error) {
				j, err = p.room.VerifyPartyChange(tx, f, []service.Document{doc})
				return err
			}))
			if len(j.Errors) == 0 {
				return ""
			}
			return j.Errors[0].Code
		}
		if code := move(); code != "D359" {
			p.Errorf("a change of address is refused by %q", code)
		}
		p.must(p.room.Protect(p.Context(), officer, p.number, false))
		if code := move(); code != "" {
			p.Errorf("a change of address is refused by %s when the protection is lifted", code)
		}
		if err := p.room.Protect(p.Context(), officer, p.number, false); err == nil {
			p.Error("what was lifted was lifted again")
		}
	})
}
