"""A paper that shows each change while it is being written: the command `watch`."""
