"""Who answers the window's signals: one controller per job."""
