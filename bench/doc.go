// Command bench measures the work that must be fast against floors that are
// measured in the same run, and prints each as a ratio: what the machine can
// do at best divides out, so that figures of different machines compare.
//
//	go run ./bench                                        on the embedded database
//	scripts/postgres-for-tests --durable go run ./bench   on PostgreSQL too
//	go run ./bench -list                                  what is measured
//	go run ./bench -only receipts -cpuprofile cpu.out     one line, with a profile
//
// Work and floor take turns, so that a disturbance of the machine meets both.
// It ends with status 1 when a line does not reach its goal. What the figures
// were is told in docs/performance.md.
//
// It wires rooms together as a program does and measures from outside; it must
// not reach into a room to make a figure better.
package main
