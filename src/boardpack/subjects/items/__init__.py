"""Prescribed items: volumes, prices, tariffs and concessions."""
