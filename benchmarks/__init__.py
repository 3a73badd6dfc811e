"""What ``make bench`` runs: each figure beside a baseline from the same run. Nothing here is a test."""
