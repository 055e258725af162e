"""Funding: allocations, the resource limit, and cash."""
