"""How many ballots may be published together, so that no two views differ by fewer than a group.
Pure."""

from chalicelib.ballots.box import Box

# Answers of one transaction, with two items each. A group has at most 20, so that fewer than two
# groups always fit.
MOST = 40


def size_of_next_block(waiting: int, box: Box) -> int:
    """While the survey is open. 0: nothing may be published."""
    group = box.smallest_group
    if not box.keeps_back:
        return size_of_last_block(waiting, group)
    if waiting < group + box.keeps_back:
        return 0
    return _part((waiting - box.keeps_back) // group * group, group)


def size_of_named(waiting: int, box: Box) -> int:
    """Of answers whose people gave their address. Each has an item more."""
    return min(waiting, MOST // 2)


def size_of_last_block(waiting: int, group: int) -> int:
    """At the close, when nothing follows. 0: what is left can never be shown."""
    return _part(waiting, group) if waiting >= group else 0


def _part(total: int, group: int) -> int:
    """What is left of the total is no less than a group, or nothing."""
    return total if total <= MOST else min(MOST, total - group)
