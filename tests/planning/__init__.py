"""The search for plans: against every plan there is where that can be tried, and as files."""
