"""Bundles: what an auditor takes away to re-perform a paper alone."""
