"""Adjustments that the finance team makes by journal, beside the extracts."""
