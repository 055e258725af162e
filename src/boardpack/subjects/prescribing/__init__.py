"""Prescribing: spend against budget, Category M, NCSO, and prescribing savings."""
