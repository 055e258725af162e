"""The notebook's way in: a paper opened by an analyst, and what is shown made into blocks."""
