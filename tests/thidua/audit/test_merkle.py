"""AUD-3: the tree against the published vectors of RFC 6962, and all proofs for sizes to 130."""

import hashlib

import pytest

from thidua.audit.lifecycle.merkle import (
    Frontier,
    consistency_ranges,
    includes,
    inclusion_ranges,
    is_consistent,
    root_of,
)

# The leaves and roots of the reference tests of Certificate Transparency.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# (leaf, size) → path and (old, new) → path, from the same tests.
PATHS = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (0, 1): (),
}
CONSISTENCY = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (6, 7): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
SIZE = 130


def hashed(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


@pytest.fixture(scope="module")
def leaves():
    return [hashed(bytes([one])) for one in range(SIZE)]


def path_of(leaves, ranges):
    return [root_of(leaves[low:high]) for low, high in ranges]


@pytest.fixture(scope="module")
def published():
    return [hashed(bytes.fromhex(one)) for one in LEAVES]


def test_published_roots(published):
    assert [root_of(published[:size]).hex() for size in range(9)] == list(ROOTS)


@pytest.mark.parametrize("case", PATHS, ids=str)
def test_published_paths(published, case):
    path = path_of(published, inclusion_ranges(*case))
    assert tuple(one.hex() for one in path) == PATHS[case]


@pytest.mark.parametrize("case", CONSISTENCY, ids=str)
def test_published_proofs_of_consistency(published, case):
    path = path_of(published, consistency_ranges(*case))
    assert tuple(one.hex() for one in path) == CONSISTENCY[case]


def test_every_leaf_is_proved_inside(leaves):
    for size in range(1, SIZE + 1, 3):
        root = root_of(leaves[:size])
        for index in range(size):
            path = path_of(leaves, inclusion_ranges(index, size))
            assert includes(leaves[index], index, size, path, root)
            assert not includes(hashed(b"other"), index, size, path, root)
            assert not includes(leaves[index], index + 1, size, path, root)
            assert size == 1 or not includes(leaves[index], index, size, path[:-1], root)


def test_every_older_tree_is_proved_a_beginning(leaves):
    """Sizes 0 to 130; the empty tree begins every tree and needs no proof."""
    roots = [root_of(leaves[:size]) for size in range(SIZE + 1)]
    for new in range(1, SIZE + 1):
        for old in range(1, new + 1):
            path = path_of(leaves, consistency_ranges(old, new))
            assert is_consistent(old, new, path, roots[old], roots[new])
            assert not is_consistent(old, new, path, roots[old - 1], roots[new])
            assert not is_consistent(old, new, path, roots[old], roots[new - 1])


@pytest.mark.parametrize("case", [(0, 0), (3, 3), (-1, 2)])
def test_no_proof_of_a_leaf_that_is_not_there(case):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(*case)


@pytest.mark.parametrize("case", [(0, 2), (3, 2)])
def test_no_proof_from_a_tree_that_is_not_there(case):
    with pytest.raises(ValueError, match="no proof"):
        consistency_ranges(*case)


def test_a_tree_grows_from_its_peaks(leaves):
    tree = Frontier()
    for size, leaf in enumerate(leaves, start=1):
        tree = Frontier.unpack(tree.size, tree.packed())
        tree.add(leaf)
        assert tree.root() == root_of(leaves[:size])


def test_peaks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="peaks"):
        Frontier.unpack(3, b"\x00" * 32)
