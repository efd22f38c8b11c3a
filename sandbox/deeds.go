package sandbox

import (
	"context"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Deed names what a step does.
type Deed string

// The deeds. In enforcement Die and NameEstate concern the case there.
const (
	Serve               Deed = "serve"                // the receipt of service comes back
	FailService         Deed = "fail_service"         // service has failed
	AcceptService       Deed = "accept_service"       // the applicant arranges service
	DeclineService      Deed = "decline_service"      // the applicant does not
	Object              Deed = "object"               // an objection to Percent of the first claim part; 100: to all
	Write               Deed = "write"                // a writing after the verdict, not clear
	Reopen              Deed = "reopen"               // an application for reopening
	Stay                Deed = "stay"                 // the court stays enforcement
	LetStand            Deed = "let_stand"            // the court lets the verdict stand
	SetAside            Deed = "set_aside"            // the court sets it aside
	PayApplicant        Deed = "pay_applicant"        // Percent of what is owed, to the filer
	PayAuthority        Deed = "pay_authority"        // Percent of what is owed, to the authority
	ReturnLetter        Deed = "return_letter"        // the order comes back
	Move                Deed = "move"                 // the new address is found
	Protect             Deed = "protect"              // skyddade personuppgifter
	Die                 Deed = "die"                  //
	NameEstate          Deed = "name_estate"          // the estate and who acts for it
	AttachEarnings      Deed = "attach_earnings"      // the officer's decision
	ChangeEarnings      Deed = "change_earnings"      // the same, changed
	PayWages            Deed = "pay_wages"            // what the employer withholds, each month
	FindNothing         Deed = "find_nothing"         // an investigation
	GoBankrupt          Deed = "go_bankrupt"          //
	EndBankruptcy       Deed = "end_bankruptcy"       // and the case with it
	OpenRestructuring   Deed = "open_restructuring"   // inledandebeslut
	Propose             Deed = "propose"              // to the creditors
	Grant               Deed = "grant"                // the restructuring
	RefuseRestructuring Deed = "refuse_restructuring" // it ends without
)

// alone tells that a deed does not leave off with one act of a room: it sees to
// letters too, or to a restructuring, and is committed by itself.
func (d Deed) alone() bool {
	switch d {
	case ReturnLetter, Move, OpenRestructuring, Propose, Grant, RefuseRestructuring:
		return true
	}
	return false
}

// doing is a plan as it is carried out, in the rooms of the world or in such as
// gather acts.
type doing struct {
	*authority.World
	Orders       *paymentorder.Orders
	Enforcements *enforcement.Enforcements
	outcome
	Step
	by service.Officer
}

// deeds carry out what a step does.
func deeds() map[Deed]func(context.Context, *doing) error {
	return map[Deed]func(context.Context, *doing) error{
		Serve: serve, FailService: failService, AcceptService: offered(true), DeclineService: offered(false),
		Object: object, Write: write, Reopen: reopen, Stay: stay, LetStand: letStand, SetAside: setAside,
		PayApplicant: payApplicant, PayAuthority: payAuthority, ReturnLetter: returnLetter, Move: moveAway,
		Protect: protect, Die: die, NameEstate: nameEstate,
		AttachEarnings: attachEarnings, ChangeEarnings: changeEarnings, PayWages: payWages, FindNothing: findNothing,
		GoBankrupt: goBankrupt, EndBankruptcy: endBankruptcy,
		OpenRestructuring: openRestructuring, Propose: propose, Grant: grantRestructuring, RefuseRestructuring: refuseRestructuring,
	}
}

// read reads of the world's database.
func (d *doing) read(ctx context.Context, do func(store.Reader) error) error {
	return d.DB.Read(ctx, do)
}
