"""Who is with the children, and whether somebody can be away: dated ratio rules as data, and the check that reads them.

What a setting writes down of its week is its own: whoever runs the week sees it, and nobody outside.
"""
