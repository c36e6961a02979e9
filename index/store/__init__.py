"""`library.db`: the one source of truth."""
