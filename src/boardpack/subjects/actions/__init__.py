"""Actions: what is to be done about the position, by whom and by when."""
