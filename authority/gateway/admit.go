package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/shs"
)

// admit lets the certificate's organisation in: it is known, and its key is
// one of those it has pinned, if any (DESIGN decision 9).
func (w *World) admit(r store.Reader, peer shs.Peer) error {
	_, known, err := w.Parties.Organisation(r, peer.Organisation)
	if err != nil {
		return err
	}
	if !known {
		return shs.ErrUnknownPeer
	}
	pinned, err := w.Parties.Pinned(r, peer.Organisation, fingerprint(peer), w.today())
	if err != nil {
		return err
	}
	if !pinned {
		return fmt.Errorf("the certificate's key is not one that the organisation has pinned: %w", shs.ErrUnknownPeer)
	}
	return nil
}

// fingerprint is the form in which keys are pinned; "" without a certificate.
func fingerprint(peer shs.Peer) string {
	if peer.Certificate == nil {
		return ""
	}
	sum := sha256.Sum256(peer.Certificate.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// admitSender also holds the certificate against the label: the organisation
// of from is the certificate's own, or one that it is recorded to act for.
func (w *World) admitSender(ctx context.Context, peer shs.Peer, from shs.Address) error {
	return w.DB.Read(ctx, func(r store.Reader) error {
		if err := w.admit(r, peer); err != nil {
			return err
		}
		may, err := w.Parties.MaySendFor(r, peer.Organisation, from.Organisation, w.today())
		if err != nil {
			return err
		}
		if !may {
			return refuse(shs.IllegalSender, "the organisation of the certificate is not that of from, and is not recorded to act for it")
		}
		return nil
	})
}

// admitOwner also wants the address to be the peer's own.
func (w *World) admitOwner(r store.Reader, peer shs.Peer, box shs.Address) error {
	if err := w.admit(r, peer); err != nil {
		return err
	}
	if !peer.Owns(box) {
		return shs.ErrForeignAddress
	}
	return nil
}
