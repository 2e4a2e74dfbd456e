"""Tests of the room mediators."""
