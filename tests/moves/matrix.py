"""The matrix form of the graph model, a second oracle for small models.

Reference: Xu, Hipel, Kilgour and Fang (2018), Conflict Resolution Using the Graph Model, chapter 4.
Legend: J is a reachability matrix by one move, J+ by one improvement, M by legal sequences; E is
the matrix of ones; P+ marks better states, P-= those no better. Stable is where the diagonal is 0.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int64]


def sign(matrix: Matrix) -> Matrix:
    return (matrix > 0).astype(np.int64)


def by_sequences(J: Sequence[Matrix]) -> Matrix:
    """M_H, the sum of all M_i^t: M_i^1 = J_i, M_i^t = sign((sum over j != i of M_j^(t-1)) J_i)."""
    layers = list(J)
    total = [layer.copy() for layer in layers]
    # No shortest legal sequence passes a pair of state and last mover twice.
    for _ in range(len(J) * J[0].shape[0]):
        layers = [
            sign(sum((layers[j] for j in range(len(J)) if j != i), np.zeros_like(J[0])) @ J[i])
            for i in range(len(J))
        ]
        total = [sign(old + new) for old, new in zip(total, layers, strict=True)]
    return sign(sum(total, np.zeros_like(J[0])))


def stable(J: Sequence[Matrix], ranks: NDArray[np.integer], concept: str) -> NDArray[np.bool_]:
    """Stability per decision maker and state."""
    ranks = np.asarray(ranks)
    better = [(row[None, :] > row[:, None]).astype(np.int64) for row in ranks]
    E = np.ones_like(J[0])
    gains = [J_i * P for J_i, P in zip(J, better, strict=True)]
    rows = []
    for i in range(len(J)):
        if concept == "nash":
            rows.append(np.diag(gains[i] @ E) == 0)
            continue
        steps = gains if concept in ("seq", "sseq") else J
        M = by_sequences([steps[j] for j in range(len(J)) if j != i])
        answers = (E - better[i]).T
        if concept in ("smr", "sseq"):
            answers = answers * (E - sign(J[i] @ better[i].T))
        rows.append(np.diag(gains[i] @ (E - sign(M @ answers))) == 0)
    return np.array(rows)
