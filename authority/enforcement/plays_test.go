package enforcement_test

import (
	"context"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/money"
)

// plays is how each event is brought about where its edge begins.
var plays = map[string]func(s *scene){
	"registered": func(s *scene) { s.begin(false) },
	"title_awaited": func(s *scene) {
		s.at()
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksTitle))
	},
	"documents_awaited": func(s *scene) {
		s.at()
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksChain))
	},
	"lodged":                playLodged,
	"not_lodged":            func(s *scene) { s.at(); s.sleep(40) },
	"handling_started":      func(s *scene) { s.at(); s.sleep(1) },
	"handling_resumed":      playUnder(enforcement.Monitoring, (*enforcement.Enforcements).Resume),
	"amount_changed":        playAmount,
	"deferral_granted":      func(s *scene) { s.at(); s.defer_(25) },
	"deferral_ended":        func(s *scene) { s.under(enforcement.Deferral); s.sleep(21) },
	"deferral_too_long":     func(s *scene) { s.begin(false); s.defer_(100); s.sleep(70) },
	"deferral_too_many":     playTooMany,
	"assets_missing":        playInvestigation(filing.AssetsMissing),
	"assets_partly":         playInvestigation(filing.AssetsPartly),
	"assets_found":          playInvestigation(filing.AssetsFound),
	"measures_planned":      func(s *scene) { s.begin(false); s.bring(enforcement.Monitoring) },
	"earnings_attached":     func(s *scene) { s.at(); s.earnings(filing.EarningsNew) },
	"earnings_changed":      func(s *scene) { s.at(); s.earnings(filing.EarningsChanged) },
	"earnings_respite":      func(s *scene) { s.at(); s.earnings(filing.EarningsRespite) },
	"earnings_revoked":      playRevoked,
	"money_received":        func(s *scene) { s.at(); s.receive(100_00) },
	"money_accounted":       func(s *scene) { s.at(); s.receive(700_00); s.plainAct((*enforcement.Enforcements).Account) },
	"new_fee_announced":     playBeforeFee(36),
	"new_fee_charged":       playBeforeFee(1),
	"fee_unpaid":            playFeeUnpaid,
	"bankruptcy":            playAct((*enforcement.Enforcements).Bankrupt),
	"bankruptcy_ended":      playLift(enforcement.Interrupted, (*enforcement.Enforcements).BankruptcyEnded),
	"restructuring_opened":  func(s *scene) { s.at(); s.against(restructuringOpened) },
	"restructuring_ended":   playLift(enforcement.RestructuringOpened, endRestructuring),
	"restructuring_granted": playGranted,
	"stay_ordered":          playAct((*enforcement.Enforcements).OrderStay),
	"stay_lifted":           playLift(enforcement.Stayed, (*enforcement.Enforcements).LiftStayOf),
	"title_set_aside":       playAct(setAside),
	"debtor_died":           playAct((*enforcement.Enforcements).Died),
	"estate_known":          playLift(enforcement.AwaitingEstate, knowEstate),
	"withdrawn":             playAct((*enforcement.Enforcements).Withdraw),
	"paid_in_full":          func(s *scene) { s.at(); s.receive(99_000_00) },
	"paid_in_linked_case":   playLinked,
	"ended":                 playAct(endOtherwise),
	"money_repaid":          playRepaid,
	"fees_demanded":         playAct((*enforcement.Enforcements).DemandFees),
	"fees_paid":             playFeesPaid,
	"applicant_exempt":      func(s *scene) { s.registered(); s.at(); s.must(s.exempt(enforcement.CrimeDamages)) },
	"advance_asked":         func(s *scene) { s.at(); s.must(s.askAdvance(100_00)) },
	"advance_paid":          playAdvancePaid,
	"advance_unpaid":        playUnadvanced,
	"guardian_told":         func(s *scene) { s.debtor += minors; s.at(); s.plainAct(tellGuardian) },
}

type plainAct = func(e *enforcement.Enforcements, ctx context.Context, by service.Officer, number string) error

func (s *scene) plainAct(do plainAct) {
	s.Helper()
	s.must(do(s.room, s.Context(), officer, s.number))
}

func (s *scene) receive(ore int64) {
	s.Helper()
	s.must(s.room.Receive(s.Context(), officer, s.number, money.Amount(ore), s.today(), "insättning"))
}

func playAct(do plainAct) func(s *scene) {
	return func(s *scene) { s.at(); s.plainAct(do) }
}

func endOtherwise(e *enforcement.Enforcements, ctx context.Context, by service.Officer, number string) error {
	return e.End(ctx, by, number, filing.FinalOther)
}

func knowEstate(e *enforcement.Enforcements, ctx context.Context, by service.Officer, number string) error {
	return e.EstateKnown(ctx, by, number, filing.Party{Name: "Dödsbodelägare", Identity: person(3), Street: "Provgatan 4", PostalCode: "11122", Town: "Stockholm"})
}

// endRestructuring is set up by playLift, which knows the debtor.
func endRestructuring(*enforcement.Enforcements, context.Context, service.Officer, string) error {
	return nil
}

// under brings a case to the base, and where the edge begins at a hold, under
// it.
func (s *scene) under(base enforcement.State) {
	s.Helper()
	s.begin(false)
	s.bring(base)
	if s.edge.From == s.edge.To {
		s.bring(s.from())
	}
}

func playUnder(base enforcement.State, do plainAct) func(s *scene) {
	return func(s *scene) {
		if s.edge.From == s.edge.To {
			s.under(base)
		} else {
			s.at()
		}
		s.plainAct(do)
	}
}

func playLodged(s *scene) {
	switch {
	case s.from() == enforcement.AwaitingTitle && s.edge.To == "awaiting_title":
		s.at()
		s.must(s.room.Lodge(s.Context(), officer, s.number, enforcement.LacksChain))
		return
	case s.from() == enforcement.AwaitingTitle && s.edge.To == "awaiting_documents":
		s.at()
		s.must(s.room.Lodge(s.Context(), officer, s.number, enforcement.LacksTitle, enforcement.LacksOriginal))
		return
	case s.edge.From == s.edge.To:
		s.under(enforcement.AwaitingDocuments)
	default:
		s.at()
	}
	s.must(s.room.Lodge(s.Context(), officer, s.number))
}

func playAmount(s *scene) {
	s.at()
	s.change(&filing.Change{CaseKey: filing.CaseKey{CaseNumber: s.number}, Kind: filing.ChangeAmount, Amount: 900_00})
}

// playTooMany grants two deferrals, and a third where the edge begins.
func playTooMany(s *scene) {
	s.begin(false)
	s.defer_(5)
	s.sleep(6)
	s.defer_(5)
	if s.from() != enforcement.Deferral {
		s.sleep(6)
		s.bring(s.from())
	}
	s.defer_(6)
}

func playInvestigation(result filing.InvestigationResult) func(s *scene) {
	return func(s *scene) {
		s.at()
		s.must(s.room.Investigate(s.Context(), officer, s.number, result, 0, "ingen bil"))
	}
}

func playRevoked(s *scene) {
	s.under(enforcement.EarningsAttached)
	if s.from() != enforcement.AwaitingEstate { // there it ends by the death
		s.earnings(filing.EarningsRevoked)
	}
}

// playLift brings a case to where the edge ends, puts the hold on it, and takes
// the hold off; where it stays, the hold lies beneath another.
func playLift(hold enforcement.State, do plainAct) func(s *scene) {
	return func(s *scene) {
		s.begin(false)
		if s.edge.From == s.edge.To {
			s.bring(hold)
			s.bring(s.from())
		} else {
			s.bring(enforcement.State(s.edge.To))
			s.bring(hold)
		}
		if hold == enforcement.RestructuringOpened {
			s.do(s.room.RestructuringEnded(s.Context(), person(s.debtor), s.today()))
		}
		s.plainAct(do)
	}
}

func playGranted(s *scene) {
	s.begin(false)
	s.bring(enforcement.RestructuringOpened)
	if s.from() != enforcement.RestructuringOpened {
		s.bring(s.from())
	}
	s.do(s.room.RestructuringGranted(s.Context(), person(s.debtor), s.today()))
}

// playBeforeFee brings a linked case to where the edge begins so many days
// before its second fee, and lets one of them pass. The notice comes 35 days
// before.
func playBeforeFee(days int) func(s *scene) {
	return func(s *scene) {
		s.begin(true)
		s.sleep(s.today().AddMonths(12).Sub(s.today()) - days)
		s.bring(s.from())
		s.sleep(1)
	}
}

func playLinked(s *scene) {
	s.begin(true)
	s.bring(s.from())
	s.must(s.room.Receive(s.Context(), officer, s.find(s.reference)[1].Number, 99_000_00, s.today(), ""))
}
