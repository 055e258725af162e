"""Duties and targets of the ICB: limits to keep within, standards to reach."""
