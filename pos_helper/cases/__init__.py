"""The case journal: every tick, result and note, on disk before the screen shows it."""
