"""Trust: how likely a party is to keep its next duty of a kind on time, out of those it kept and missed; scored on duties that came later.

This room owns: observed duties, the forecast with its interval and decay, its scores. It does not own: duties and whether they were kept (duties).
Text: docs/explanation/how-trust-is-forecast.md.
"""
