"""Tests of procedure at home: drawn records and calendars beside the slow reading, real cases, the data of states."""
