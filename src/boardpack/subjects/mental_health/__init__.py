"""The Mental Health Investment Standard."""
