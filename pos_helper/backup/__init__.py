"""One file that holds cases, settings, machines and own codes: made on demand and daily, and restored."""
