"""Rules and figures as live formulas, each beside the value it must show."""
