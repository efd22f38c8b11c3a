package shs

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// memoryKeeper is a Keeper whose failures are told by tx.id.
type memoryKeeper struct {
	saved   map[string]bool // and whether acknowledged
	failing map[string]bool
}

func (k *memoryKeeper) Unacknowledged(context.Context) ([]string, error) {
	var ids []string
	for id, acknowledged := range k.saved {
		if !acknowledged {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (k *memoryKeeper) Has(_ context.Context, id string) (bool, error) {
	_, ok := k.saved[id]
	return ok, nil
}

func (k *memoryKeeper) Save(_ context.Context, m *Message) error {
	if k.failing[m.Label.TxID] {
		return errors.New("disk full")
	}
	for {
		if _, err := m.Next(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	k.saved[m.Label.TxID] = false
	return nil
}

func (k *memoryKeeper) Acknowledged(_ context.Context, id string) error {
	k.saved[id] = true
	return nil
}

// oldNode behaves as a known node: no more than two messages are listed, a
// fetched one is neither listed nor given again; the first acks go wrong.
type oldNode struct {
	http.Handler
	mu       sync.Mutex
	taken    map[string]bool
	box      *memoryBox
	failAcks int
}

func (n *oldNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch {
	case r.Method == http.MethodPost && n.failAcks > 0:
		n.failAcks--
		panic(http.ErrAbortHandler)
	case r.Method == http.MethodGet && n.taken[id]:
		http.Error(w, "Message not found", http.StatusNotFound)
		return
	case r.Method == http.MethodGet && IsUUID(id):
		n.taken[id] = true
	case r.Method == http.MethodGet:
		n.list(w)
		return
	}
	n.Handler.ServeHTTP(w, r)
}

func (n *oldNode) list(w http.ResponseWriter) {
	all, _ := n.box.List(context.Background(), Peer{Organisation: "2021000001"}, Address{Organisation: "2021000001"}, Filter{})
	var listed []Listed
	for _, m := range all {
		if !n.taken[m.TxID] && len(listed) < 2 {
			listed = append(listed, m)
		}
	}
	doc, _ := MarshalList(listed)
	_, _ = w.Write(doc)
}

func TestCollectFromAnOldNode(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	ids := box.put(t, 5)
	node := &oldNode{Handler: as("2021000001", &DeliveryHandler{Prefix: "/shs/ds/", Outbox: box, Random: seeded(1)}), taken: map[string]bool{}, box: box, failAcks: 2}
	c := serve(t, node)
	keeper := &memoryKeeper{saved: map[string]bool{}}
	first, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err == nil || first.Fetched != 5 || first.Acknowledged != 3 {
		t.Errorf("first run: %+v, %v", first, err)
	}
	second, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err != nil || second.Fetched != 0 || second.Acknowledged != 2 {
		t.Errorf("second run: %+v, %v", second, err)
	}
	for _, id := range ids {
		if !keeper.saved[id] || !box.messages[id].listed.Acknowledged {
			t.Errorf("%s was lost", id)
		}
	}
}

func TestCollectIsNotHeldUpByOneMessage(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	ids := box.put(t, 7)
	c := serve(t, as("2021000001", &DeliveryHandler{Prefix: "/shs/ds/", Outbox: box, Random: seeded(1)}))
	keeper := &memoryKeeper{saved: map[string]bool{}, failing: map[string]bool{ids[0]: true, ids[1]: true}}
	done, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err == nil || done.Fetched != 5 || done.Acknowledged != 5 {
		t.Errorf("%+v, %v", done, err)
	}
	keeper.failing = nil
	done, err = c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err != nil || done.Fetched != 2 {
		t.Errorf("%+v, %v", done, err)
	}
}
