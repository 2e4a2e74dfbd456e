"""Effects: the rows that answer a question, the grid, what may be said."""
