"""Tests of early warning: scores beside the slow reading, nothing of the future in a forecast, the record, the command."""
