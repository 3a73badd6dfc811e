"""Widgets, models, delegates, theme and translation. No rules, no file access."""
