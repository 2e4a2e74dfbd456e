"""Tests of the room responses."""
