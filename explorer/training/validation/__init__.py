"""A part of the training part that is kept out, and what it says of convergence.

Whether training has converged is judged by samples that it does not learn from, and never by the
test part: what chooses on the test part measures nothing any more (theory, section 4.1).
"""
