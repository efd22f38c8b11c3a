package authority

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"filtjanst/authority/intake"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// FileView is an approved file as the door has it.
type FileView struct {
	ID            int64              `json:"id"`
	TransactionID string             `json:"transaction_id"`
	Transaction   filing.Transaction `json:"transaction"`
	Code          string             `json:"party_code"`
	Sequence      int64              `json:"sequence"`
	Documents     int64              `json:"documents"`
	Sum           money.Amount       `json:"sum_ore"`
	Arrived       time.Time          `json:"arrived"`
	ReadInDay     calendar.Day       `json:"read_in_day,omitzero"`
	Waits         bool               `json:"waits"` // is not read in yet
}

// File finds an approved file by its transaction id, or by party code and
// sequence number: "ABC/17" of bf.application, or "ABC/ve.application/17".
func (w *World) File(ctx context.Context, name string) (v FileView, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		id, err := w.fileID(r, name)
		if err != nil {
			return err
		}
		f, found, err := w.Door.File(r, id)
		if err == nil && !found {
			err = unknownFile(name)
		}
		if err != nil {
			return err
		}
		v = FileView{
			ID: f.ID, TransactionID: f.TransactionID, Transaction: f.Transaction, Code: f.PartyCode, Sequence: f.Sequence,
			Documents: f.Documents, Sum: f.Sum, Arrived: f.Arrived, ReadInDay: f.ReadInDay,
		}
		v.Waits, err = w.archive.Waits(r, id)
		return err
	})
	return v, err
}

func (w *World) fileID(r store.Reader, name string) (int64, error) {
	if strings.Contains(name, "/") {
		return w.fileOfSeries(r, name)
	}
	parts, err := w.Door.Trace(r, name)
	if err != nil {
		return 0, err
	}
	for _, p := range parts {
		if p.Role == filing.RoleFile {
			return p.ID, nil
		}
	}
	for _, p := range parts {
		if id, found, err := w.fileBeside(r, p); err != nil || found {
			return id, err
		}
	}
	return 0, unknownFile(name)
}

// fileBeside is the file of a cover note that came by itself.
func (w *World) fileBeside(r store.Reader, note intake.Received) (int64, bool, error) {
	c, found, err := w.Parties.ByCode(r, note.PartyCode)
	if err != nil || !found {
		return 0, false, err
	}
	return w.archive.FileOf(r, c.ID, note.Transaction, note.Sequence)
}

func (w *World) fileOfSeries(r store.Reader, name string) (int64, error) {
	fields := strings.Split(name, "/")
	tx := filing.BFApplication
	if len(fields) == 3 {
		tx = filing.Transaction(fields[1])
	}
	sequence, err := strconv.ParseInt(fields[len(fields)-1], 10, 64)
	if err != nil || len(fields) > 3 {
		return 0, unknownFile(name)
	}
	c, found, err := w.Parties.ByCode(r, fields[0])
	if err == nil && !found {
		err = service.UnknownCode(fields[0])
	}
	if err != nil {
		return 0, err
	}
	id, found, err := w.archive.FileOf(r, c.ID, tx, sequence)
	if err == nil && !found {
		err = unknownFile(name)
	}
	return id, err
}

func unknownFile(name string) error {
	return service.Refuse("unknown_file", fmt.Sprintf("Det finns ingen godkänd fil %q.", name), fmt.Sprintf("There is no approved file %q.", name))
}

// StopCall asks that an approved file, or lines of it, are not read in or
// answered, as the filer wishes.
type StopCall struct {
	World      string   `json:"world"`
	File       string   `json:"file"` // as World.File finds it
	References []string `json:"references"`
	By         string   `json:"by"`
	Reason     string   `json:"reason"`
}

// stopper is a service whose files may be stopped.
type stopper interface {
	Stop(ctx context.Context, by service.Officer, file int64, references ...string) error
}

// stoppers are the services by the files of theirs that may be stopped: those
// that wait for the evening, or for their answer.
func (w *World) stoppers() map[filing.Transaction]stopper {
	return map[filing.Transaction]stopper{filing.BFApplication: w.Orders, filing.VEApplication: w.Enforcements, filing.SCClaim: w.Matters,
		filing.DERequest: w.Extracts.Debt(), filing.PERequest: w.Extracts.Procurement()}
}

// Stop takes back an approved file before it is read in or answered, or lines of
// it by own reference.
func (w *World) Stop(ctx context.Context, call StopCall) (FileView, error) {
	f, err := w.File(ctx, call.File)
	if err != nil {
		return f, err
	}
	room, can := w.stoppers()[f.Transaction]
	if !can {
		return f, service.Refuse("not_stoppable", fmt.Sprintf("En fil av slaget %s kan inte stoppas.", f.Transaction),
			fmt.Sprintf("A file of %s cannot be stopped.", f.Transaction))
	}
	return f, room.Stop(ctx, service.Officer{Name: call.By, Reason: call.Reason}, f.ID, call.References...)
}
