"""Tests of dialogue: drawn records beside the slow reading, stories of meetings, real conferences."""
