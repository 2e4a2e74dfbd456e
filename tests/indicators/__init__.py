"""Indicators: the queries beside their slow reading, on drawn records."""
