"""Rows of edges by falling weight, sorted and listed only as far as a search reads them."""

from operator import itemgetter

_weight = itemgetter(1)


class Rows:
    """Rows of edges by falling weight, sorted and listed only as far as a search reads them.

    `weights[i]` and `targets[i]` are parallel lists; `grow(i)` makes them longer and says whether it could.
    """

    __slots__ = ("weights", "targets", "zero", "_sizes", "_source", "_number")

    def __init__(self, source, number):
        """`source[i]` is a list of (target, weight); `number` is `float` or `int`."""
        self._source = list(source)
        self._sizes = list(map(len, self._source))
        self._number = number
        self.zero = number(0)
        self.weights = [()] * len(self._source)
        self.targets = [()] * len(self._source)

    def shortest_first(self):
        """The rows that have edges, those with few first."""
        sizes = self._sizes
        return sorted((i for i, size in enumerate(sizes) if size), key=sizes.__getitem__)

    def grow(self, i):
        """The best edge of row `i` first, which is often enough; then the whole row, sorted."""
        row = self._source[i]
        if not row:
            return False
        number = self._number
        if not self.weights[i]:
            best = max(row, key=_weight)
            self.weights[i], self.targets[i] = [number(best[1])], [best[0]]
            return True
        self._source[i] = None
        row = sorted(row, key=_weight, reverse=True)
        self.weights[i] = [number(edge[1]) for edge in row]
        self.targets[i] = [edge[0] for edge in row]
        return len(row) > 1


class ArrayRows:
    """The same as `Rows`, from NumPy columns in compressed row form; lists a short beginning of each row first.

    `start` has one more entry than there are rows; row `i` is `targets[start[i]:start[i + 1]]`.
    """

    __slots__ = ("weights", "targets", "zero", "_start", "_targets", "_weights")

    FIRST = 16

    def __init__(self, start, targets, weights, number):
        self._start = start.tolist()
        self._targets = targets
        self._weights = weights.astype(float) if number is float else weights
        self.zero = number(0)
        self.weights = [()] * (len(self._start) - 1)
        self.targets = [()] * (len(self._start) - 1)

    def shortest_first(self):
        """The rows that have edges, those with few first."""
        sizes = [end - begin for begin, end in zip(self._start, self._start[1:], strict=False)]
        return sorted((i for i, size in enumerate(sizes) if size), key=sizes.__getitem__)

    def grow(self, i):
        """List four times as much of row `i` as before."""
        begin, end = self._start[i], self._start[i + 1]
        known = len(self.weights[i])
        if known >= end - begin:
            return False
        upto = max(self.FIRST, 4 * known)
        weights = self._weights[begin:end]
        order = (-weights).argsort(kind="stable")[:upto]
        self.weights[i] = weights[order].tolist()
        self.targets[i] = self._targets[begin:end][order].tolist()
        return True
