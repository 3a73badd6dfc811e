"""What is known about languages: characters, Chinese sounds, English word forms, stop words."""
