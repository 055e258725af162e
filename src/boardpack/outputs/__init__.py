"""How each output draws a block."""
