"""The reader: one small encoder that reads a question and a passage together."""

#: What the head says of each token. At position 0 `START` and `END` mean "not here", as in BERT's
#: SQuAD 2, and `RELEVANT` "this passage holds the answer"; `RELEVANT` means nothing elsewhere.
START, END, SUPPORT, RELEVANT = range(4)
