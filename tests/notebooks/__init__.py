"""Tests that run the notebooks of docs/notebooks."""
