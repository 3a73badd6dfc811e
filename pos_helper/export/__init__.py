"""A report's blocks -> text, HTML, PDF, CSV and JSON; one file per format."""
