package main

import "context"

func receipts(ctx context.Context, b *bench) error   { return nil }
func large(ctx context.Context, b *bench) error      { return nil }
func eveningRun(ctx context.Context, b *bench) error { return nil }
func meanwhile(ctx context.Context, b *bench) error  { return nil }
