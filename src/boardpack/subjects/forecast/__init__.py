"""Forecast: where the year will land, risks, and what would change it."""
