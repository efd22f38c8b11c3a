package extract

import (
	"context"
	"errors"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// GiveNotice records that the debtor of a public case was sent the notice of UB
// 4:12 on the day, or with unnecessary that the authority found it needless.
// After that the case may be told of for credit information (KUL §7 a).
func (e *Extracts) GiveNotice(ctx context.Context, by service.Officer, number string, day calendar.Day, unnecessary bool) error {
	kind := "given"
	if unnecessary {
		kind, day = "unnecessary", 0
	} else if day.IsZero() || day > e.today() {
		return service.Refuse("bad_day", "Aviseringens dag saknas eller ligger framåt i tiden.", "The day of the notice is missing or in the future.")
	}
	return e.act(ctx, by, act{kind: "notice", subject: number, detail: kind}, func(tx store.Tx, today calendar.Day) error {
		person, err := pendingCase(tx, number)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE extract_public_case SET notice = $1, notice_day = $2, notice_until = $3 WHERE number = $4`,
			kind, day, e.noticeUntil(day), number)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO extract_touched (day, identity) VALUES ($1, $2) ON CONFLICT (day, identity) DO NOTHING`, today, store.Identity(person))
		return err
	})
}

// noticeUntil is the day to which the debtor has time after a notice, zero
// where none was given.
func (e *Extracts) noticeUntil(given calendar.Day) calendar.Day {
	if given.IsZero() {
		return 0
	}
	return e.notice.From(given)
}

// EndPublicCase closes a public case on the day. Secrecy may begin with that
// (OSL 34:1): those who have been told of the case hear of it at once.
func (e *Extracts) EndPublicCase(ctx context.Context, by service.Officer, number string, day calendar.Day) error {
	if day.IsZero() || day > e.today() {
		return service.Refuse("bad_day", "Avslutsdagen saknas eller ligger framåt i tiden.", "The day of closing is missing or in the future.")
	}
	kept, err := e.period(statute.KeepEnforcement, day)
	if err != nil {
		return err
	}
	return e.act(ctx, by, act{kind: "end_public_case", subject: number}, func(tx store.Tx, today calendar.Day) error {
		person, err := pendingCase(tx, number)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE extract_public_case SET ended = $1, purge_after = $2 WHERE number = $3`, day, endOfYear(day, kept), number)
		if err != nil {
			return err
		}
		return e.TellAtOnce(tx, today, person)
	})
}

// pendingCase locks a public case that has not ended and returns its debtor.
func pendingCase(tx store.Tx, number string) (identity.Number, error) {
	var person string
	var ended calendar.Day
	err := tx.LockRow(`SELECT identity, ended FROM extract_public_case WHERE number = $1`, number).Scan(&person, &ended)
	if errors.Is(err, store.ErrNoRows) {
		return identity.Number{}, service.UnknownCase(number)
	}
	if err != nil {
		return identity.Number{}, err
	}
	if !ended.IsZero() {
		return identity.Number{}, service.WrongState(number, service.State{Name: "ended", Swedish: "avslutat", English: "ended"})
	}
	return identity.Parse12(person)
}

// Acts lists what officers do in the room.
func (e *Extracts) Acts() []service.Act {
	person := service.Param{Name: "person", Kind: service.IdentityParam, Required: true, Swedish: "person", English: "person"}
	withholding := func(name, sv, en, basis string, do func(context.Context, service.Officer, identity.Number, string) error) service.Act {
		return service.Act{Name: name, Swedish: sv, English: en, Basis: basis, Params: []service.Param{person},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				who := v.Identity("person")
				if v.Err() != nil {
					return v.Err()
				}
				return do(ctx, by, who, number)
			}}
	}
	return append([]service.Act{
		withholding("secrecy_began", "Anteckna sekretess för personen eller målet", "Note secrecy for the person or case", "OSL 34:1; UF 4:6", e.SecrecyBegan),
		withholding("secrecy_ended", "Anteckna att sekretessen upphört", "Note that secrecy has ended", "OSL 34:1; UF 4:6", e.SecrecyEnded),
		withholding("block", "Blockera uppgifterna", "Block the data", "KFD 3:3 a; BFF §17", e.Block),
		withholding("unblock", "Häv blockeringen", "Unblock the data", "KFD 3:3 a", e.Unblock),
		withholding("crime", "Anteckna att fordringen i ett enskilt mål grundar sig på brott", "Note that the claim of a private case is based on a crime", "KFDF §12", e.NoteCrime),
		withholding("no_crime", "Anteckna att fordringen inte grundar sig på brott", "Note that the claim is not based on a crime", "KFDF §12", e.ClearCrime),
	}, append(e.caseActs(), e.subscriptionActs()...)...)
}

func (e *Extracts) caseActs() []service.Act {
	day := service.Param{Name: "day", Kind: service.DayParam, Swedish: "dag", English: "day"}
	return []service.Act{
		{Name: "notice", Swedish: "Anteckna avisering i allmänt mål", English: "Note that notice was given in a public case", Basis: "UB 4:12; KUL §7 a",
			Params: []service.Param{day, {Name: "unnecessary", Kind: service.YesParam, Swedish: "avisering behövs inte", English: "notice is unnecessary"}},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				on, unnecessary := v.Day("day"), v.Yes("unnecessary")
				if v.Err() != nil {
					return v.Err()
				}
				return e.GiveNotice(ctx, by, number, on, unnecessary)
			}},
		{Name: "end_public_case", Swedish: "Avsluta allmänt mål", English: "Close a public case", Basis: "KFD 2:6; OSL 34:1",
			Params: []service.Param{{Name: "day", Kind: service.DayParam, Required: true, Swedish: "dag", English: "day"}},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				on := v.Day("day")
				if v.Err() != nil {
					return v.Err()
				}
				return e.EndPublicCase(ctx, by, number, on)
			}},
	}
}

// extracts are the names of the extracts that can be subscribed to.
func extracts() []string {
	return []string{string(filing.CEExtract), string(filing.CEPaymentOrderExtract), string(filing.CEDebtBalanceExtract)}
}
