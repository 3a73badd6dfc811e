"""Services of the running program: quick start, crash hook, log, single instance, missing screen."""
