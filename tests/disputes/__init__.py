"""Disputes and incidents: drawn records as the slow reading has them, stories, real cases."""
