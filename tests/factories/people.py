"""A person with a record of each kind, a twin record, a household, and what the keeper keeps."""

from datetime import date

from factories.accounts import AT, SYSTEM
from thidua.documents.services import create_location
from thidua.flows import merge_people as flow
from thidua.merits import services as merits
from thidua.merits.models import AnnualRating, Discipline, InitiativeAuthor
from thidua.people import services
from thidua.people.models import Position, PositionCategory, Post
from thidua.register import services as register
from thidua.register.models import RegisterEntry

HEIGHT = 20


def keep_position():
    """One position for everybody: positions are kept for the whole organisation."""
    category = PositionCategory.objects.filter(code="chuyen-mon").first()
    if category is None:
        category = services.create_category(
            code="chuyen-mon", name="Chuyên môn", actor=SYSTEM, at=AT
        )
    position = Position.objects.filter(name="Chuyên viên").first()
    if position is None:
        position = services.create_position(
            name="Chuyên viên", category=category, actor=SYSTEM, at=AT
        )
    return position


def make_person(name, unit, **more):
    """A person with a post in the unit since 2015."""
    position = keep_position()
    post = Post(
        unit=unit,
        position=position,
        category=position.category,
        valid_from=date(2015, 1, 1),
    )
    draft = services.draft_person(full_name=name, **more)
    return services.register_person(person=draft, post=post, actor=SYSTEM, at=AT)


def samples(unit, text, world):
    """Everything about one person of the unit; the text stands in each of its words."""
    more = {"actor": SYSTEM, "at": AT}
    person = make_person(f"Nguyễn Thị {text}", unit, birth="12/03/1986", ethnicity=text)
    source = create_location(file=world["stored_file"], note=f"Sổ {text}", **more)
    fact = merits.record_fact(
        AnnualRating(person=person, year=2024, level="good", decision=text, source=source), **more
    )
    merits.record_fact(
        Discipline(person=person, level="reprimand", decided_on="2016-05", about=text), **more
    )
    initiative = merits.draft_initiative(kind="initiative", name=f"Sáng kiến {text}", year=2024)
    other = make_person(f"Trần Văn {text}", unit)
    authors = [InitiativeAuthor(person=person, share=60), InitiativeAuthor(person=other, share=40)]
    merits.record_initiative(initiative, authors, **more)
    entry = RegisterEntry(
        person=person,
        award="advanced-worker",
        year=2024,
        holder_name=person.full_name,
        holder_unit=text,
        wording=text,
        source=source,
    )
    honour = register.enter_honour(entry, **more)
    twin = make_person(f"Nguyễn Thị {text}", unit, birth="1986")
    third, fourth = make_person(f"Lê Thị {text}", unit), make_person(f"Lê Thị {text}", unit)
    pair = flow.say_distinct(first=third, second=fourth, reason=text, **more)
    fifth, sixth = make_person(f"Vũ Thị {text}", unit), make_person(f"Vũ Thị {text} Hai", unit)
    services.end_post(sixth.posts.get(), last_day=date(2015, 2, 1), **more)
    services.withdraw_post(sixth.posts.get(), reason="thử", **more)
    merge = flow.merge_people(
        survivor=fifth, retired=sixth, choices={"person.full_name": "survivor"}, **more
    )
    household = services.register_household(name=f"Hộ {text}", unit=unit, address=text, **more)
    member = services.add_household_member(household=household, person=person, **more)
    position = keep_position()
    return {
        "person": person,
        "person_twin": twin,
        "post": person.posts.get(),
        "fact": fact,
        "source": source,
        "initiative": initiative,
        "author": initiative.authors.get(person=other),
        "honour": honour,
        "distinct_pair": pair,
        "merge": merge,
        "household": household,
        "household_member": member,
        "position": position,
        "category": position.category,
    }
