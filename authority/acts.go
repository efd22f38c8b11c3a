package authority

import (
	"filtjanst/authority/enforcement"
	"filtjanst/authority/extract"
	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/restructuring"
)

// ActTable lists what officers may do in any world, room by room, for
// documentation and completion: no authority needs to run.
func ActTable() []ActInfo {
	w := World{rooms: []room{
		{name: "bf", acting: new(paymentorder.Orders)}, {name: "ve", acting: new(enforcement.Enforcements)},
		{name: "sc", acting: new(restructuring.Matters)}, {name: "extract", acting: new(extract.Extracts)},
		{name: "fee", acting: new(fee.Fees)}, {name: "letter", acting: new(notice.Letters)},
		{name: "permit", acting: new(permit.Desk)}, {name: partyRoom, acting: new(partyDesk)},
	}}
	return w.Acts()
}
