"""The models on this machine: which there are, how they come here, what they are fastest with."""
