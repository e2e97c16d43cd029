"""Editions of the ratio rules as dated files. Logic is keyed on the key of a rule; all else is the file’s."""
