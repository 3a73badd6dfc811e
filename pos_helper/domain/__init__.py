"""The business rules: catalog entries, reading a query, cases, the report and card-data detection.

Nothing here uses Qt, files or a database, so every rule can be tested with plain objects.
"""
