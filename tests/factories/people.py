"""A person of the unit with a post there."""

from datetime import date

from factories.accounts import AT, SYSTEM
from thidua.people import services as people
from thidua.people.models import Position, PositionCategory, Post

HEIGHT = 5


def samples(unit, text, world):
    """`person`, `post`, and what all share: `position`, `category`."""
    del world
    category = PositionCategory.objects.filter(code="chuyen-mon").first()
    if category is None:
        category = people.create_category(code="chuyen-mon", name="Chuyên môn", actor=SYSTEM, at=AT)
    position = Position.objects.filter(name="Chuyên viên").first()
    if position is None:
        position = people.create_position(
            name="Chuyên viên", category=category, actor=SYSTEM, at=AT
        )
    post = Post(
        unit=unit,
        position=position,
        category=category,
        is_main=True,
        valid_from=date(2015, 1, 1),
        valid_until=None,
    )
    person = people.register_person(
        person=people.draft_person(full_name=f"Nguyễn Thị {text}"), post=post, actor=SYSTEM, at=AT
    )
    return {
        "person": person,
        "post": person.posts.get(),
        "position": position,
        "category": category,
    }
