"""Tests of the room stability."""
