"""Writes of people: each leaves its event, and asks whether the actor may."""

from thidua.people.services.households import (
    add_household_member,
    correct_household,
    end_household_membership,
    register_household,
)
from thidua.people.services.persons import (
    correct_person,
    draft_person,
    give_code,
    link_account,
    register_people,
    register_person,
    take_code,
)
from thidua.people.services.positions import (
    change_category,
    change_position,
    create_category,
    create_position,
    set_category_status,
)
from thidua.people.services.posts import (
    appoint,
    appoint_many,
    correct_post,
    end_post,
    move_posts,
    withdraw_post,
)
from thidua.people.services.unit_posts import end_posts, take_back_posts

__all__ = [
    "add_household_member",
    "appoint",
    "appoint_many",
    "change_category",
    "change_position",
    "correct_household",
    "correct_person",
    "correct_post",
    "create_category",
    "create_position",
    "draft_person",
    "end_household_membership",
    "end_post",
    "end_posts",
    "give_code",
    "link_account",
    "move_posts",
    "register_household",
    "register_people",
    "register_person",
    "set_category_status",
    "take_back_posts",
    "take_code",
    "withdraw_post",
]
