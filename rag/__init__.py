"""How a question is answered: retrieving, prompting, the language model, citing, checking."""
