"""Style and scripts of the page, and of the report of a measurement."""
