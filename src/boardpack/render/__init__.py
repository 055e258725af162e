"""Building a paper: notebooks run, outputs made beside the old ones, then swapped in whole."""
