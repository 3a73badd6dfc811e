"""The compiled catalog: its format, the compiler, and updating it when packs change."""
