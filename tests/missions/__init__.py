"""Tests of the room missions."""
