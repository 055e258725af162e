"""The extracts: one module each, with its contract and its `read_*` function."""
