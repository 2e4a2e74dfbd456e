"""Strategies: their rules, how far they are, their versions and their picture, each beside a slow reading where there is one."""
