"""Measuring answers on question files: reading them, figures, falsified statements."""
