"""Savings: schemes, phasing, delivery and outlook."""
