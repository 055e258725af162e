"""Page 1: what a chair who reads nothing else must know."""
