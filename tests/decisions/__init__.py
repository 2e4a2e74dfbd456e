"""How states decide: the count, who may vote, what it comes to; beside the slow reading and published outcomes."""
