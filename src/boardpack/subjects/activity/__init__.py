"""Activity: programmes, what they cost, and the borough budget that pays for them."""
