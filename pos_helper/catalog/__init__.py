"""YAML packs -> checked entries -> index -> search."""
