"""The rules: entries, money, query forms, cases, the report and card data.

No Qt, no files and no database in here, so every rule can be tried with plain objects.
"""
