"""The controllers that handle the window's signals, one per topic."""
