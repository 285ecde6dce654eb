"""What follows: grounding of a pack against a case, argument graph, worlds, evaluation, assessment."""
