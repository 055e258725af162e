"""Movements: what changed since the paper before."""
