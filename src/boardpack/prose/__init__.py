"""Claims found in words, held against the figures of the register."""
