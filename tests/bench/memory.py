"""python -m tests.bench.memory ours|lapjvsp FILE: bytes that one solution needs above its input, on standard output."""

import gc
import sys

import numpy as np


def status(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(name + ":"))


def main(kind, path):
    with np.load(path) as file:
        data = {name: file[name] for name in file.files}
    if kind == "ours":
        from peer_support.matching.engine.solver import solve_columns

        count = int(data["sizes"][0])

        def call(rows, columns, weights, count, capacities):
            return solve_columns(rows, columns, weights, count, capacities)

        few = np.zeros(1, dtype=np.int64)
        small = (few, few, few + 1, 1, few + 1)
        whole = (data["rows"], data["columns"], data["weights"], count, data["capacities"])
    else:
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import min_weight_full_bipartite_matching as call

        form = csr_matrix((data["data"], data["indices"], data["indptr"]), shape=tuple(data["sizes"]))
        small, whole = (csr_matrix(np.ones((1, 1))),), (form,)
    call(*small)
    gc.collect()
    # Linux forgets the highest mark of resident memory on this request.
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before = status("VmRSS")
    answer = call(*whole)
    print(status("VmHWM") - before)
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
