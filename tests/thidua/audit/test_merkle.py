"""AUD-3: the tree against the published vectors of RFC 6962, and all proofs for sizes to 130."""

import hashlib

import pytest

from thidua.audit.lifecycle.merkle import (
    Frontier,
    includes,
    is_consistent,
    prove_consistency,
    prove_inclusion,
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
SIZE = 130


def hashed(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


@pytest.fixture(scope="module")
def leaves():
    return [hashed(bytes([one])) for one in range(SIZE)]


def test_published_roots():
    hashes = [hashed(bytes.fromhex(one)) for one in LEAVES]
    assert [root_of(hashes[:size]).hex() for size in range(9)] == list(ROOTS)


def test_every_leaf_is_proved_inside(leaves):
    for size in range(1, SIZE + 1, 3):
        root = root_of(leaves[:size])
        for index in range(size):
            path = prove_inclusion(leaves[:size], index)
            assert includes(leaves[index], index, size, path, root)
            assert not includes(hashed(b"other"), index, size, path, root)


def test_every_older_tree_is_proved_a_beginning(leaves):
    roots = [root_of(leaves[:size]) for size in range(SIZE + 1)]
    for new in range(SIZE + 1):
        for old in range(new + 1):
            path = prove_consistency(leaves[:new], old)
            assert is_consistent(old, new, roots[old], roots[new], path)
            if 0 < old < new:
                assert not is_consistent(old, new, roots[old - 1], roots[new], path)


def test_a_tree_grows_from_its_peaks(leaves):
    tree = Frontier()
    for size, leaf in enumerate(leaves, start=1):
        tree = Frontier.unpack(tree.size, tree.packed())
        tree.add(leaf)
        assert tree.root() == root_of(leaves[:size])


def test_peaks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="peaks"):
        Frontier.unpack(3, b"\x00" * 32)
