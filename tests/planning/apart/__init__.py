"""Tests that load the solvers: they run in a process of their own (test_with_solvers.py), for the libraries do not get on with every other."""
