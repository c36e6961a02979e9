"""Evidence to hand over: an answer or a conversation as one file that stands by itself, and whether such a
file is as it was made."""
