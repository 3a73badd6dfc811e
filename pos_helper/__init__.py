"""POS Helper: what a cashier does now, when the card terminal shows a code."""

__version__ = "0.1.0"
