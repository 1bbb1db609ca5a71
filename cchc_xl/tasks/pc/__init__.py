"""This PC: what stops the buttons, what an installation writes."""
