"""The commands of `cchc-xl`, a module for each kind of user.

Everything but click is imported inside the commands, so that each starts only what it needs.
"""
