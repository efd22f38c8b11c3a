package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"

	"filtjanst/authority/intake"
	"filtjanst/authority/outbox"
	"filtjanst/shs"
)

// This file is the one place where what went wrong becomes SHS and HTTP.

func refuse(code shs.Code, format string, args ...any) *shs.Error {
	return &shs.Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// refusals tells how each kind of refusal of the door is answered.
func refusals() map[intake.Kind]struct {
	code   shs.Code
	status int
} {
	return map[intake.Kind]struct {
		code   shs.Code
		status int
	}{
		intake.Malformed:  {shs.IllegalDatapartContent, http.StatusBadRequest},
		intake.Incomplete: {shs.IllegalDatapartContent, http.StatusBadRequest},
		intake.TooLarge:   {shs.IllegalDatapartContent, http.StatusRequestEntityTooLarge},
		intake.Unwanted:   {shs.UnknownProductType, http.StatusNotFound},
	}
}

// forSHS gives an error the form that the SHS services answer by.
func forSHS(err error) error {
	refusal, isRefusal := errors.AsType[*intake.Refusal](err)
	switch {
	case isRefusal:
		code := shs.OtherError
		if known, ok := refusals()[refusal.Kind]; ok {
			code = known.code
		}
		return &shs.Error{Code: code, Text: refusal.Swedish + " / " + refusal.English, Err: err}
	case errors.Is(err, outbox.ErrNotFound), errors.Is(err, outbox.ErrAcknowledged):
		return shs.ErrNotFound
	}
	return err
}

// problem is an answer over e-transport that says why nothing was done.
type problem struct {
	status           int
	swedish, english string
}

func (p *problem) Error() string { return p.english }

// forHTTP gives an error the status and words that e-transport answers with.
// What is not meant for users becomes "internal".
func forHTTP(err error) *problem {
	own, isOwn := errors.AsType[*problem](err)
	refusal, isRefusal := errors.AsType[*intake.Refusal](err)
	_, isLarge := errors.AsType[*http.MaxBytesError](err)
	switch {
	case isOwn:
		return own
	case isRefusal:
		status := http.StatusBadRequest
		if known, ok := refusals()[refusal.Kind]; ok {
			status = known.status
		}
		return &problem{status, refusal.Swedish, refusal.English}
	case isLarge:
		return &problem{http.StatusRequestEntityTooLarge, "Filen är för stor. Dela upp den.", "The file is too large. Divide it."}
	case errors.Is(err, shs.ErrUnknownPeer):
		return &problem{http.StatusForbidden, "Organisationen i certifikatet är inte ansluten.", "The organisation of the certificate is not admitted."}
	case errors.Is(err, outbox.ErrNotFound):
		return &problem{http.StatusNotFound, "Filen finns inte, eller är inte till er.", "The file does not exist, or is not for you."}
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return &problem{http.StatusRequestTimeout, "Överföringen tog för lång tid. Sänd igen.", "The transfer took too long. Send again."}
	case errors.Is(err, intake.ErrBrokenOff):
		return &problem{http.StatusBadRequest, "Överföringen bröts. Sänd igen.", "The transfer broke off. Send again."}
	}
	return &problem{http.StatusInternalServerError, "Internt fel. Hör efter med kvittensen innan filen sänds igen.", "Internal error. Look for the receipt before sending the file again."}
}
