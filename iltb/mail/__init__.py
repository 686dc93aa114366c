"""Mail as rows: what is to be sent, what was sent, and nothing clinical in either."""
