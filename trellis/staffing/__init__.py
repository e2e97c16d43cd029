"""Who is with the children, and whether somebody can be away: dated ratio rules as data, and the check that reads them.

Begun with its rules and reference data; records, actions and pages grow around them.
"""
