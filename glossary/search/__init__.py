"""Look-up: how a query can be read, what it finds, in which order, and why."""
