"""Tests of what is awaited: real cases of the bundled book, books of examples, small stories."""
