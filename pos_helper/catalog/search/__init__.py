"""Searching the compiled catalog: codes, words, suggestions and their ranking."""
