"""Budgets put over initiatives: the checker, what plans are worth, and the problems that tests are made of."""
