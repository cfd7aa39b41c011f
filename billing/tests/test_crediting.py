"""What is given back is taken off what was asked for, all of it, and no invoice gives back more than it asked."""

from hypothesis import given
from hypothesis import strategies as st

from billing.queries.crediting import spread
from billing.queries.owing import Rest

rooms = st.dictionaries(st.sampled_from(["FAC-1", "FAC-2", "FAC-3", "FAC-4"]), st.integers(1, 500), min_size=1)
nets = st.lists(st.integers(-400, 200).filter(bool), min_size=1, max_size=6)


@given(rooms, nets)
def test_a_credit_is_spread_over_what_was_asked(rooms: dict[str, int], nets: list[int]) -> None:
    lines = [Rest(f"module:{at}", 400, net, None) for at, net in enumerate(nets)]
    total = sum(nets)
    if not -sum(rooms.values()) <= total < 0:
        return
    found = spread(lines, rooms)
    assert len({name for name, _ in found}) == len(found)
    for name, part in found:
        assert -rooms[name] <= sum(each.net for each in part) < 0
        assert all(each.net for each in part)
    for line in lines:
        assert sum(each.net for _, part in found for each in part if each.key == line.key) == line.net


def test_it_is_taken_off_one_where_one_has_room() -> None:
    lines = (Rest("module:news", 400, -30, None), Rest("base", 100, 10, None))
    assert [name for name, _ in spread(lines, {"FAC-1": 20, "FAC-2": 25, "FAC-3": 5})] == ["FAC-2"]
