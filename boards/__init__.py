"""What the board says: review, assessment, vote, advice, letter, follow-up."""
