"""Tests of the room estimation."""
