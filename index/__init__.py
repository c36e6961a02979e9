"""What is stored: reading, cleaning, chunking, embedding, Chroma, keywords, the library."""
