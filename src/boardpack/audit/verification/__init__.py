"""Verification: a build re-performed and held, with nothing of it believed."""
