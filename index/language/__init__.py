"""Vietnamese, as everything reads it: letters, sentences, figures, names, places."""
