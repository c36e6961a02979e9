"""Names of people, organisations and places in articles, and who held which office, by the articles' own
words."""
