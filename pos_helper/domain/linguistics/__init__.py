"""Knowledge of languages: characters, Chinese sounds, English word forms, stop words."""
