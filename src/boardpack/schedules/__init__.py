"""Schedules: tables that are declared once, in YAML, by the project or by a team in its home."""
