"""Providers: contracts and payments."""
