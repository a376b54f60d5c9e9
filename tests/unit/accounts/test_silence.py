from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.account import AskedContact, Capacity, Contact, Engagement, Occasion
from chalicelib.accounts.silence import counts, silent_since, summary
from chalicelib.invitations.throttle import Person
from chalicelib.surveys.scale import Band
from tests.support.samples import NOW

DAY = timedelta(days=1)
occasions = st.lists(
    st.builds(
        Occasion,
        survey=st.sampled_from(["a", "b"]),
        asked_at=st.just(NOW),
        answered_at=st.sampled_from([None, NOW]),
        band=st.just(Band.PASSIVE),
    ),
    max_size=3,
)
contacts = st.lists(
    st.builds(
        AskedContact,
        st.builds(
            Contact,
            capacity=st.sampled_from(Capacity),
            engagement=st.sampled_from(Engagement),
        ),
        st.builds(Person),
        occasions,
    ),
    max_size=12,
)


@given(contacts)
def test_everybody_who_is_there_is_in_one_count_of_each_kind(found: list[AskedContact]) -> None:
    whole = summary(found)
    assert whole["contacts"] + whole["left"] == len(found)
    assert whole["contacts"] == whole["asked"] + whole["erased"] + whole["never_asked"]
    assert whole["asked"] == whole["answered"] + whole["silent"]
    for kind in ("by_capacity", "by_engagement"):
        for name in counts([]):
            assert whole[name] == sum(part[name] for part in whole[kind].values())


def test_nobody_is_silent_who_was_not_asked_or_answered_last() -> None:
    answered = Occasion("a", NOW, NOW + DAY, Band.PROMOTER)
    silent = Occasion("a", NOW + 2 * DAY)
    assert silent_since([]) is None
    assert silent_since([silent, answered]) is None
    assert silent_since([answered, silent, Occasion("a", NOW + 3 * DAY)]) == silent.asked_at
