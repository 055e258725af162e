"""Where a figure comes from, asked on the command line."""
