"""The words given to the model: one Markdown file a prompt and language, read by `rag.prompts`."""
