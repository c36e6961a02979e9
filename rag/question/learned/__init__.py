"""What a question asks for, as a small model tells it that was trained on questions of every kind (`train`)."""
