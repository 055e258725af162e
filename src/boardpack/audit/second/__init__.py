"""The second implementation: figures made again, sharing nothing with the first."""
