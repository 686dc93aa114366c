"""The letter: what the board signs, frozen as values, and its PDF made from those values alone."""
