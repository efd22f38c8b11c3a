// Package authority puts the rooms of the house together: it reads the
// configuration, opens the databases of both worlds, wires rooms and services,
// listens, and runs the workers. It is the only package that knows all
// services, and does nothing of the field itself.
//
// A program starts it so:
//
//	cfg, err := authority.ReadConfig(file)       // or DefaultConfig, changed
//	err = authority.Migrate(ctx, cfg)            // its own command; see schema
//	a, err := authority.New(ctx, cfg, authority.Outside{})
//	defer a.Close()
//	fmt.Println(a.Addresses().Gateway)           // ports are known by now
//	err = a.Serve(ctx)                           // until ctx ends
//
// In one process with its caller, as a test or a sandbox: listen on port 0,
// hand in clock, randomness and listeners by [Outside], and reach the rooms of
// a world by [Authority.World] to enter parties and permits.
//
// Commands for a running authority go over a socket in its data directory; see
// [Control].
package authority
