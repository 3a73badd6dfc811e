"""The case store: every tick, result and note is on disk before the screen shows it."""
