"""Assurance: what was checked, what stands open, and what no check would notice."""
