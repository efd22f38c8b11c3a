package filer

import (
	"context"
	"fmt"

	"filtjanst/filer/traffic"
	"filtjanst/shs"
)

// Node is the filer's own receive service: what the authority pushes is saved
// and taken into the book. It is the Inbox of a [shs.ReceiveHandler].
type Node struct {
	desk *Desk
	// Received is told of each file that was taken in; may be nil.
	received func([]Received)
}

// Node returns the filer's receive service. told, which may be nil, is called
// with what each message brought.
func (d *Desk) Node(told func([]Received)) *Node { return &Node{desk: d, received: told} }

// Receive saves a message from the authority. Others are refused.
func (n *Node) Receive(ctx context.Context, peer shs.Peer, m *shs.Message) (shs.Accepted, error) {
	if peer.Organisation != n.desk.Config.Authority {
		return shs.Accepted{}, fmt.Errorf("%w: this node takes messages from %s only", shs.ErrUnknownPeer, n.desk.Config.Authority)
	}
	address := n.desk.Config.ownAddress()
	k := &keeper{desk: n.desk, inbox: traffic.Inbox{Dir: n.desk.Config.Incoming}}
	accepted := shs.Accepted{LocalID: m.Label.TxID, Arrived: n.desk.now()}
	has, err := k.Has(ctx, address, m.Label.TxID)
	if err != nil || has {
		accepted.Duplicate = has
		return accepted, err
	}
	if err := k.Save(ctx, func() (traffic.Incoming, error) { return traffic.NextOf(m, address) }); err != nil {
		return shs.Accepted{}, err
	}
	// Here delivery ends: there is no outbox at the authority to acknowledge.
	if err := k.Acknowledged(ctx, address, m.Label.TxID); err != nil {
		return shs.Accepted{}, err
	}
	received, err := n.desk.takeIn(ctx)
	if n.received != nil {
		n.received(received)
	}
	return accepted, err
}
