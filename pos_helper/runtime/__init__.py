"""What keeps the running program honest: crash hook, log, single instance."""
