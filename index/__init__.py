"""What is stored: reading, cleaning, chunking, embedding, Chroma, keywords, the library."""

import os

# Threads of PyTorch and llama.cpp that wait for each other in a loop, as OpenMP's do, keep a core from the one
# that they wait for: on two busy cores, or on a virtual machine's, reading a prompt took five times as long.
# Read when their libraries are loaded, so it is set before any is.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# llama.cpp ends a process by abort() where it is given nonsense, and would first let debuggers of its own loose
# on it, which can wait for each other for ever.
os.environ.setdefault("GGML_NO_BACKTRACE", "1")
# Where it is below the threads that PyTorch asks for, oneDNN leaves rows of a bfloat16 product undone, and the
# vectors are wrong without a word.
os.environ.pop("OMP_THREAD_LIMIT", None)
# oneDNN writes code for each shape of its input and keeps that of a thousand, here half a gigabyte.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
os.environ.setdefault("LRU_CACHE_CAPACITY", "64")
