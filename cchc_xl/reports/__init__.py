"""What written reports say: the proofreader of their prose (and, to come, the making of each report)."""
