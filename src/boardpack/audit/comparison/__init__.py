"""Two versions of a paper, compared."""
