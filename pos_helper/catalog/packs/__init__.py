"""YAML packs: reading, checking and counting them, and writing the shop's own pack."""
