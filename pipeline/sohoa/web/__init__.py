"""Pages for people: the queue, the scan beside its text, corrections, sign-off."""
