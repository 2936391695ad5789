"""The strict reader: every fault says where, what, and what was meant."""

import pytest
import yaml

from lawengine.reading import Fault, Node, read_file, read_text


def fault_of(act, *args):
    with pytest.raises(Fault) as caught:
        act(*args)
    return caught.value


def test_a_key_written_twice_is_refused_with_its_line():
    fault = fault_of(read_text, "a: 1\nb:\n  c: 1\n  c: 2\n", "f.yaml")
    assert (fault.code, fault.line, fault.path) == ("duplicate_key", 4, "b")
    assert fault.parts["key"] == "c"


def test_an_unknown_key_names_the_nearest_and_its_line():
    node = read_text("award: x\nin_forse: y\n", "f.yaml")
    fault = fault_of(node.mapping, ("award",), ("in_force", "instrument"))
    assert (fault.code, fault.line) == ("unknown_key", 2)
    assert fault.parts == {"key": "in_forse", "near": "in_force"}
    assert fault.place == "f.yaml:2 in_forse"


def test_a_key_like_no_other_has_no_nearest():
    assert fault_of(read_text("zzz: 1").mapping, ("award",)).parts["near"] == ""


def test_a_missing_key_points_to_its_mapping():
    node = read_text("a:\n- b: 1\n- c: 2\n").child("a").child(1)
    fault = fault_of(node.mapping, ("b",), ("c",))
    assert (fault.code, fault.line, fault.path) == ("missing_key", 3, "a[1]")


@pytest.mark.parametrize(
    ("text", "method", "args", "code"),
    [
        ("a: [1]", "text", (), "not_text"),
        ("a: '  '", "text", (), "not_text"),
        ("a: '1'", "integer", (), "not_an_integer"),
        ("a: true", "integer", (), "not_an_integer"),
        ("a: 1.5", "integer", (), "not_an_integer"),
        ("a: 0x10", "integer", (), "not_an_integer"),
        ("a: 3", "integer", (4,), "out_of_range"),
        ("a: 'yes'", "boolean", (), "not_a_boolean"),
        ("a: yes", "boolean", (), "not_a_boolean"),
        ("a: x", "choice", (["y"],), "not_a_choice"),
        ("a: 2023-02-30", "day", (), "not_a_date"),
        ("a: 30/02/2023", "day", (), "not_a_date"),
        ("a: x", "mapping", (), "not_a_mapping"),
        ("a: x", "items", (), "not_a_list"),
        ("a: x", "entries", (), "not_a_mapping"),
        ("a: x", "parsed", (int,), "not_readable"),
    ],
)
def test_a_value_of_another_kind(text, method, args, code):
    node = read_text(text).child("a")
    fault = fault_of(getattr(node, method), *args)
    assert (fault.code, fault.line, fault.path) == (code, 1, "a")


def test_a_choice_names_the_nearest_word():
    fault = fault_of(read_text("a: excelent").child("a").choice, ["good", "excellent"])
    assert fault.parts["near"] == "excellent"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("# only a remark\n", "file_empty"),
        ("a: [1", "not_yaml"),
        ("a: *nobody", "not_yaml"),
        ("? [1, 2]\n: x", "not_a_key"),
        (b"\xff\xfe", "not_utf8"),
    ],
)
def test_what_is_no_yaml(text, code):
    assert fault_of(read_text, text).code == code


def test_a_file_that_is_not_there(tmp_path):
    assert fault_of(read_file, tmp_path / "x.yaml").code == "file_missing"
    assert fault_of(read_file, tmp_path).code == "file_unreadable"


def test_aliases_that_multiply_are_refused():
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert fault_of(read_text, "\n".join(lines)).code == "too_many_values"


def test_a_tower_of_lists_is_refused():
    with pytest.raises((Fault, RecursionError, yaml.YAMLError)) as caught:
        read_text("[" * 150 + "]" * 150)
    assert isinstance(caught.value, Fault)


def test_text_comes_in_one_normal_form():
    assert read_text("a: Tie\u0302\u0301n").child("a").text() == "Tiến"


def test_anchors_and_merges_are_unfolded():
    node = read_text("clean: &clean {a: 1, b: 2}\nuse: {<<: *clean, b: 3}\n")
    assert node.child("use").value == {"a": 1, "b": 3}


def test_a_byte_order_mark_is_not_part_of_the_first_key():
    assert read_text("\ufeffa: 1".encode()).has("a")


def test_a_node_without_a_file_still_says_its_path():
    assert Node({"a": [0]}).child("a").child(0).fault("x").place == "a[0]"
