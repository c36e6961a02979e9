"""The vector index: what is searched, and can be built again from `library.db`."""
