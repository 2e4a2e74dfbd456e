"""Trust: the forecast beside its slow reading, on drawn duties."""
