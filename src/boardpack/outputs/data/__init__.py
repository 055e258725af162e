"""Figures to take away: as CSV, as Parquet, and what their columns mean."""
