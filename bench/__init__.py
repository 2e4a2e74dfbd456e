"""Measures, printed as ratios in one run beside named peers: ``make bench``."""
