"""What each chapter shows, as blocks, with no word on how a block is drawn."""
