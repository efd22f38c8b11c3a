package filing

// CloseUnchecked ends a file whose totals are wrong, which Close refuses.
func (w *Writer) CloseUnchecked() error { return w.w.Close() }
