"""Continuing healthcare: clients, prices and packages of care."""
