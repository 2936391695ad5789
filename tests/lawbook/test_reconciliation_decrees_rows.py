"""Papers, sets, forms, deciders, money rules, archives, layout, exchange: the book's rows against
the fact base of decrees, in both directions where the fact base lists all that there is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from fact_base import IDS, INSTRUMENTS, anchors, load

from lawbook import load_book
from lawengine.book import Book
from lawengine.lookup import matching
from lawengine.tables import Row

BOOK = load_book()
DAYS = {
    "ND_91_2017": date(2019, 6, 1),
    "ND_98_2023": date(2024, 6, 1),
    "ND_152_2025": date(2025, 12, 1),
}


def rows_of(book: Book, table: str, day: date | None = None, owner: str | None = "") -> list[Row]:
    """The rows of a table that say something, on a day or ever; owner None: of everybody."""
    found = book.tables[table]
    rows = found.rows if day is None else found.on(day)
    return [row for row in rows if not row.not_encoded and (owner is None or row.owner == owner)]


def places(one: Any) -> list[str]:
    """The articles of a row; the number of a decree before them is none."""
    return anchors(re.sub(r"NĐ ?\d+", "", one.get("article", "")))


def sourced(row: Row) -> set[str]:
    return {one.removeprefix("decrees:") for one in row.source}


def sources(one: Any) -> set[str]:
    return set(one["source"] if isinstance(one["source"], list) else [one["source"]])


def text(row: Row) -> str:
    return f"{row.vi} {dict(row.values)} {row.note}".casefold()


# ------------------------------------------------------------------------------- papers

# Lists of the fact base that stand for a ground or a step: (award of the book or none, ground).
PAPERS = {
    "BASE_AND_MINISTRY_TITLES": ("grassroots-emulation-fighter", "any"),
    "CO_BO_CSTD_BO_CSTDCS_LDTT_TTLDXS_TTLDTT": ("excellent-collective", "any"),
    "THU_TUC_DON_GIAN": ("", "simplified"),
    "DISCOVERED_BY_HEAD": ("", "discovered_by_head"),
    "to_prime_minister_from_central_board": ("", "central_step"),
    "BNV_TO_PM": ("", "central_step"),
    "BK_TTG_DOT_XUAT": ("prime-minister-certificate-of-merit", "sudden"),
    "HC_CONG_TRANG": ("labour-order-first-class", "merit"),
    "HC_CHIEN_CONG_DOT_XUAT": ("feat-of-arms-order", "sudden"),
    "HC_LAO_DONG_CONG_HIEN": ("labour-order-second-class", "service"),
}


def wrong_papers(facts: Any, book: Book) -> list[str]:
    """Each list of papers: as many papers, in its place, on its day."""
    found = []
    for regime, day in DAYS.items():
        for code, one in facts["dossiers"][regime]["items"].items():
            if "list" not in one:
                continue
            award, ground = PAPERS.get(code) or (IDS["decrees"][code][0], "any")
            rows = [
                row
                for row in matching(book.tables["dossiers"], award or None, day)
                if row.values.get("ground") == ground and sourced(row) & sources(one)
            ]
            counts = {len(row.values["papers"]) for row in rows}
            if counts != {len(one["list"])}:
                found.append(f"{regime} {code}: {counts}, not {len(one['list'])} papers")
                continue
            wanted = places(one)
            cited = {cite.anchor for row in rows for cite in row.cites}
            if wanted and not any(have.startswith(place) for place in wanted for have in cited):
                found.append(f"{regime} {code}: {cited}, not {wanted}")
            if any(row.confidence != one["confidence"] for row in rows):
                found.append(f"{regime} {code}: confidence")
    foreign = facts["dossiers"]["ND_98_2023"]["items"]["HC_CONG_TRANG"]["foreign_recipients"]
    rows = [
        row
        for row in matching(book.tables["dossiers"], "friendship-order", DAYS["ND_98_2023"])
        if row.values.get("ground") == "foreign"
    ]
    if [len(row.values["papers"]) for row in rows] != [len(foreign)]:
        found.append("ND_98_2023: papers for foreigners")
    return found


def wrong_sets(facts: Any, book: Book) -> list[str]:
    """The number of sets that the decider gets; and from the central board on."""
    found = []
    table = book.tables["dossier_sets"]

    def sets(award: str | None, day: date, step: str, ground: str = "") -> set[int | None]:
        rows = [row for row in matching(table, award, day) if not row.owner]
        return {
            row.number("sets")
            for row in rows
            if row.values.get("step") == step
            and row.text("ground") == ground
            and ("sets" in row.values or row.set_by)
        }

    for one in facts["dossiers"]["ND_91_2017"]["copies"]:
        for code in one.get("awards", ()):
            simplified = code == "THU_TUC_DON_GIAN"
            for award in [None] if simplified else IDS["decrees"][code]:
                ground = "simplified" if simplified else ""
                have = sets(award, DAYS["ND_91_2017"], "to_decider", ground)
                wanted = one["sets"] if isinstance(one["sets"], int) else None
                if have != {wanted}:
                    found.append(f"{code} {award}: {have}, not {wanted}")
    for award, wanted in (
        ("national-emulation-fighter", 1),
        ("government-emulation-flag", 1),
        ("prime-minister-certificate-of-merit", 1),
        ("gold-star-order", 2),
        ("hero-of-labour", 2),
    ):
        if sets(award, DAYS["ND_91_2017"], "central_to_prime_minister") != {wanted}:
            found.append(f"{award}: to the Prime Minister")
    general = facts["dossiers"]["ND_98_2023"]["copies"]["sets"]
    if sets("hero-of-labour", DAYS["ND_98_2023"], "to_decider") != {general}:
        found.append("decree 98: sets")
    if sets("grassroots-emulation-fighter", DAYS["ND_152_2025"], "to_decider") != {None}:
        found.append("decree 152: the ministry sets the number")
    return found


# -------------------------------------------------------------------------------- forms

WORDS = (
    "anh hùng", "tập thể", "cá nhân", "đột xuất", "chuyên đề", "cống hiến", "đối ngoại",
    "tờ trình", "sáng kiến", "cờ thi đua của chính phủ", "chiến sĩ thi đua toàn quốc",
    "nước ngoài",
)  # fmt: skip


def wrong_forms(facts: Any, book: Book) -> list[str]:
    """Each form of each decree by number, none more; its confidence; what it is for."""
    found = []
    for regime, day in DAYS.items():
        have = {
            row.text("number"): row
            for row in rows_of(book, "forms", day)
            if row.text("number") and row.cites[0].instrument == INSTRUMENTS[regime]
        }
        # The key `no` of the fact base is the word false of YAML.
        wanted = {one[False]: one for one in facts["forms"][regime]}
        if have.keys() != wanted.keys():
            found.append(f"{regime}: {sorted(have.keys() ^ wanted.keys())}")
            continue
        for number, one in wanted.items():
            row, use = have[number], one["use"].casefold().replace("cstdtq", "")
            use = re.sub(r"; a 'mẫu.*", "", use)
            missing = [word for word in WORDS if word in use and word not in text(row)]
            if missing or row.confidence != one["confidence"]:
                found.append(f"{regime} {number}: {missing or row.confidence}")
            if "number" in one and not row.note:
                found.append(f"{regime} {number}: the number is inferred")
    for one in facts["forms"]["no_statutory_form"]:
        named = [row for row in rows_of(book, "forms") if sourced(row) & sources(one)]
        if not any(row.text("use").startswith("không có mẫu") for row in named):
            found.append(f"no form: {one['what']}")
    return found


# ----------------------------------------------------------------------------- deciders


def wrong_deciders(facts: Any, book: Book) -> list[str]:
    """Who decides by the ministry's own rules, and the commune since July 2025."""
    found = []

    def levels(award: str, day: date, owner: str = "") -> set[str]:
        rows = matching(book.tables["deciders"], award, day)
        return {row.text("level") for row in rows if row.owner == owner and not row.not_encoded}

    own = next(
        one["rule"]
        for one in facts["ministry_rules"]["BTTTT_2018"]
        if one["act"].endswith("Điều 26")
    )
    minister, heads = own.split("; head of a unit")
    owner, day = "Bộ Thông tin và Truyền thông", DAYS["ND_91_2017"]
    for part, level in ((minister, "ministry"), (heads, "base")):
        for word, award in (
            ("Cờ Bộ", "ministry-emulation-flag"),
            ("TTLDXS", "excellent-collective"),
            ("CSTĐ Bộ", "ministry-emulation-fighter"),
            ("Kỷ niệm chương", "commemorative-medal"),
            (" BK", "ministry-certificate-of-merit"),
            ("LDTT", "advanced-worker"),
            ("CSTDCS", "grassroots-emulation-fighter"),
            ("TTLDTT", "advanced-collective"),
            ("Giấy khen", "certificate-of-commendation"),
        ):
            said = re.search(rf"(?<![A-Z]){word}\b", part) is not None
            if said and levels(award, day, owner) != {level}:
                found.append(f"{award}: {levels(award, day, owner)}, not {level}")
    planning = "Bộ Kế hoạch và Đầu tư"
    both = {"ministry", "base"}
    if levels("advanced-worker", DAYS["ND_98_2023"], planning) != both:
        found.append("planning: who may decide the base titles")
    commune = next(
        one for one in facts["decentralisation_NĐ152"] if one.get("to") == "Chủ tịch UBND xã"
    )
    codes = {
        "thôn, tổ dân phố văn hóa": "cultural-village",
        "Gia đình văn hóa": "cultural-family",
        "TTLDTT": "advanced-collective",
        "CSTDCS": "grassroots-emulation-fighter",
        "LDTT": "advanced-worker",
        "giấy khen": "certificate-of-commendation",
    }
    listed = [word for word in codes if word in ", ".join(commune["items"])]
    if len(listed) != len(codes):
        found.append("the list of the commune is not understood")
    found += [
        f"{codes[word]}: not the commune"
        for word in listed
        if "commune" not in levels(codes[word], DAYS["ND_152_2025"])
    ]
    for to, number in (("prime_minister", 4), ("commune_chair", 1), ("all", 1), ("ministry", 1)):
        rows = [
            row
            for row in rows_of(book, "delegations", DAYS["ND_152_2025"])
            if row.text("to") == to and row.text("matter") != "standards"
        ]
        if len(rows) != number:
            found.append(f"delegated to {to}: {len(rows)}")
    return found


# -------------------------------------------------------------------------------- money

STACKING = {
    "several danh hiệu thi đua at one time, different counted periods": "titles_other_period",
    "several danh hiệu thi đua at one time, same counted period": "titles_same_period",
    "several hình thức khen thưởng at one time, different periods and achievements": (
        "forms_other_achievement"
    ),
    "one title and one award form at one time": "title_and_form",
}


def wrong_money(facts: Any, book: Book) -> list[str]:
    """Rounding, stacking, factors, payers, fund."""
    found = []
    rules = facts["bonus_rules"]
    for one in rules["rounding"]["by_regime"]:
        row = rows_of(book, "bonus_rounding", DAYS[one["regime"]])[0]
        if row.number("unit") != 10_000 or row.cites[0].anchor not in places(one):
            found.append(f"rounding {one['regime']}")
    have = {
        row.text("case"): (row.text("pay"), row.cites[0].anchor)
        for row in rows_of(book, "bonus_stacking", DAYS["ND_152_2025"])
    }
    wanted = {
        STACKING[one["case"]]: (one["pay"].split()[0], places(one)[0]) for one in rules["stacking"]
    }
    if have != wanted:
        found.append(f"stacking: {have}")
    for regime in rules["collective_factor"]["regimes"]:
        values = [
            row.exact("factor")
            for row in rows_of(book, "bonus_rules", DAYS[regime])
            if row.text("rule") == "collective_factor"
        ]
        if values != [Fraction(2)]:
            found.append(f"collective {regime}: {values}")
    day = DAYS[rules["household_factor"]["regime"]]
    if {row.exact("factor") for row in rows_of(book, "bonus_factors", day)} != {Fraction(3, 2)}:
        found.append("household")
    kinds = {row.text("rule") for row in rows_of(book, "bonus_rules", day)}
    if not {"salary_date", "monotonic", "future"} <= kinds:
        found.append(f"rules of money: {kinds}")
    payers = {row.text("rule") for row in rows_of(book, "bonus_rules", DAYS["ND_91_2017"])}
    if not {"payer", "payer_state"} <= payers:
        found.append("payer")
    return found + wrong_fund(facts, book)


def wrong_fund(facts: Any, book: Book) -> list[str]:
    """Every share of the fund that a rule of the fact base names, on its day, and no other."""
    found = []
    for number, day in ((slice(0, 2), "ND_91_2017"), (slice(2, 3), "ND_98_2023")):
        said = " ".join(one["rule"] for one in facts["fund"][number])
        wanted = {Fraction(one) / 100 for one in re.findall(r"(\d+(?:\.\d+)?)%", said)}
        rows = rows_of(book, "emulation_fund", DAYS[day])
        if {row.exact("share") for row in rows} != wanted:
            found.append(f"fund {day}: {[str(row.exact('share')) for row in rows]}")
    if not any("98/2023" in row.vi for row in rows_of(book, "bonus_rules", DAYS["ND_152_2025"])):
        found.append("the circular that still points to decree 98")
    return found


# ----------------------------------------------------------------- archives, statistics

KEPT = {
    "award dossiers: decided by President / Prime Minister": "president_prime_minister",
    "decided by minister, head of ministerial-level body, chair of provincial UBND": (
        "minister_province"
    ),
    "decided by head of an agency": "agency_head",
    "awards to foreigners": "foreigners",
    "emulation conferences hosted by the agency": "conferences",
    "movements for anniversaries": "anniversary_movements",
    "plans/reports: long-term, yearly": "yearly_reports",
    "plans/reports: 6 and 9 months": "half_year_reports",
    "plans/reports: quarter, month": "month_quarter_reports",
}


def wrong_archives(facts: Any, book: Book) -> list[str]:
    found = []
    wanted = {
        KEPT[one["what"]]: None if one["keep"] == "permanent" else int(one["keep"].split()[0])
        for one in facts["retention"][0]["rows"]
    }
    rows = [
        row
        for row in rows_of(book, "retention", date(2023, 2, 14))
        if row.cites[0].instrument == "circular-09-2011-bnv"
    ]
    have = {row.text("what"): row.number("years") for row in rows}
    permanent = {row.text("what") for row in rows if row.values.get("permanent")}
    if have != wanted or permanent != {what for what, years in wanted.items() if years is None}:
        found.append(f"retention: {have}")
    later = book.tables["retention"].on(date(2023, 2, 15))
    if not any(row.not_encoded for row in later):
        found.append("retention: the rows of circular 10/2022 were not read")
    moved = {
        row.text("what"): (row.number("years"), row.number("within_years"))
        for row in later
        if not row.not_encoded
    }
    if moved != {"to_archive": (5, 1), "kept_by_unit": (None, 2)}:
        found.append(f"to the archive: {moved}")
    forms = {row.text("code"): row.text("due") for row in rows_of(book, "statistics_forms", None)}
    due = facts["statistics_reports"]["due"]
    if set(forms.values()) != {"12-15"} or not due.startswith("15 December"):
        found.append(f"statistics are due on {set(forms.values())}")
    codes = {one["code"] for one in facts["statistics_reports"]["forms"]}
    if forms.keys() != codes:
        found.append(f"statistics: {forms.keys() ^ codes}")
    return found


# ------------------------------------------------------------------------------- layout

ELEMENTS = {
    "quoc_hieu": "national_name",
    "tieu_ngu": "motto",
    "ten_co_quan_chu_quan": "parent_body",
    "ten_co_quan_ban_hanh": "issuing_body",
    "so_ky_hieu": "number_symbol",
    "dia_danh_ngay_thang": "place_date",
    "ten_loai": "type_name",
    "trich_yeu": "abstract",
    "noi_dung": "body",
    "chuc_vu_ho_ten": "signer",
    "noi_nhan": "recipients",
}
SIZES = re.compile(r"\d+(?:-\d+|[.,]\d+)?")


def wrong_layout(facts: Any, book: Book) -> list[str]:
    """Each element with its confidence and its sizes; each abbreviation, none more."""
    found = []
    layout = facts["document_format_NĐ30_2020"]
    have = {row.text("element"): row for row in rows_of(book, "document_format", date(2024, 1, 1))}
    for one in layout["elements"]:
        row = have.get(ELEMENTS[one["el"]])
        if row is None or row.confidence != one["confidence"]:
            found.append(f"{one['el']}: {row and row.confidence}")
            continue
        wanted = {size for size in SIZES.findall(one["style"]) if len(size) > 1 and size != "10"}
        said = row.text("style").replace(",", ".")
        found += [f"{one['el']}: {size}" for size in wanted if size not in said]
    margins = set(layout["page"]["margins_mm"].values())
    rest = {"paper", "margins", "font", "page_number", "components", "optional_components", "numbering",
            "signing", "ink", "issue", "receipt", "e_original", "paper_seal",
            "e_signature_officer", "e_signature_agency", "e_annex_same_file",
            "e_annex_other_file", "e_annex_text", "e_copy", "digitisation"}  # fmt: skip
    if rest - have.keys():
        found.append(f"layout: {rest - have.keys()}")
    elif have["e_annex_text"].confidence != "recalled":
        found.append("the text beside the signature of an annex is recalled")
    else:
        found += [f"margin {one}" for one in margins if one not in have["margins"].text("style")]
    before = {row.text("element") for row in rows_of(book, "document_format", date(2019, 1, 1))}
    if before != {"font", "page_number", "paper"}:
        found.append(f"layout of 2017: {before}")
    return found + wrong_abbreviations(facts, book) + wrong_certificates(facts, book)


def wrong_abbreviations(facts: Any, book: Book) -> list[str]:
    types = facts["doc_type_abbreviations"]
    rows = rows_of(book, "document_type_abbreviations", date(2024, 1, 1))
    have = {
        row.text("abbreviation"): (row.text("type"), row.confidence)
        for row in rows
        if row.text("abbreviation")
    }
    wanted = {
        short: (
            name.replace(" [recalled]", ""),
            "recalled" if short in types["recalled_parts"] else "verified",
        )
        for short, name in types["map"].items()
    }
    found = [f"{one}" for one in have.items() ^ wanted.items()]
    if not any(row.text("type") == "Công văn" and not row.text("abbreviation") for row in rows):
        found.append("an official letter has no abbreviation")
    return found


def wrong_certificates(facts: Any, book: Book) -> list[str]:
    found = []
    first, second = facts["certificates"][:2]
    have = {row.text("element"): row for row in rows_of(book, "certificate_layout", None)}
    size = first["size_mm"].split(" (")[0]
    if have.keys() != {"size", "emblem", "lines", "foot"} or size not in text(have["size"]):
        found.append("certificates")
    cited = {cite.anchor for row in have.values() for cite in row.cites}
    if not {places(one)[0] for one in (first, second)} <= cited:
        found.append(f"certificates: {cited}")
    return found


# ----------------------------------------------------------------------------- exchange


def wrong_exchange(facts: Any, book: Book) -> list[str]:
    found = []
    exchange = facts["e_exchange"]
    packet = exchange["QCVN_102_2016"]
    rows = rows_of(book, "e_exchange", date(2024, 1, 1))

    def values(element: str) -> list[Any]:
        return [
            row.values.get("values") or row.text("code")
            for row in rows
            if row.text("element") == element
        ]

    status = {code for code in packet["status_codes"] if code.isdigit()}
    business = {code for code in packet["business_doc_type"] if code.isdigit()}
    for element, wanted in (
        ("status", status),
        ("business_type", business),
        ("namespace", {packet["namespace"]}),
        ("promulgation_date", {packet["dates"]["promulgation"]}),
        ("trace_date", {packet["dates"]["trace_timestamp"]}),
        ("document_type", {"18"}),
        ("envelope", {tuple(packet["envelope"]["order"])}),
        (
            "header",
            {tuple(one.split("(")[0] for one in packet["message_header_fields"]["list"])},
        ),
        ("attachment", {tuple(exchange["attachment_formats"]["allowed"])}),
        ("signed_attachment", {(exchange["attachment_formats"]["signed"],)}),
    ):
        if set(values(element)) != wanted or len(values(element)) != len(wanted):
            found.append(f"{element}: {values(element)}")
    for code, meaning in packet["status_codes"].items():
        short = meaning.split("/")[0]
        if code.isdigit() and not any(f"{code}: {short}" in row.vi for row in rows):
            found.append(f"status {code}: {meaning}")
    articles = exchange["QD_28_2018"]["article_map"]
    for element, article in articles.items():
        cites = [row.cites[0].anchor for row in rows if row.text("element") == element]
        if cites != [f"art-{article}"]:
            found.append(f"{element}: {cites}")
    for day, most in ((date(2022, 9, 14), 13), (date(2022, 9, 15), 35)):
        lengths = [
            row.number("most")
            for row in rows_of(book, "e_exchange", day)
            if row.text("element") == "organ_id"
        ]
        if lengths != [most]:
            found.append(f"organ id on {day}: {lengths}")
    if exchange["QD_28_2018"]["effective"] != "2018-09-06" or rows_of(
        book, "e_exchange", date(2018, 9, 5)
    ):
        found.append("exchange begins on 2018-09-06")
    return found


# --------------------------------------------------------------------------- principles

RULES = {
    ("general_principles_NĐ152_Dieu4", "ND_98_2023"): 6,
    ("general_principles_NĐ152_Dieu4", "ND_152_2025"): 6,
    ("general_principles_TT12_2019", "ND_91_2017"): 9,
}
APPLIED = ("gate", "condition", "group", "human")


def wrong_principles(facts: Any, book: Book) -> list[str]:
    """As many principles as were read, each saying how it is applied; service; initiatives."""
    found = []
    for (section, _regime), number in RULES.items():
        if len(facts[section]["rules"]) != number:
            found.append(f"{section}: a rule came or went")
    said = {
        "ND_91_2017": {"no_lower_form_first", "thematic_no_ground", "no_award_while_pending",
                       "clock_after_award", "party_rated_excellent", "school_year",
                       "outsiders_own_level_only", "long_movements", "women_tenure"},
        "ND_98_2023": {"no_lower_form_first", "sudden_thematic_no_ground", "after_discipline",
                       "no_award_while_pending", "maternity_counts"},
    }  # fmt: skip
    said["ND_152_2025"] = said["ND_98_2023"] | {"women_tenure"}
    for regime, wanted in said.items():
        day = date(2021, 6, 1) if regime == "ND_91_2017" else DAYS[regime]
        rows = rows_of(book, "principles", day)
        if not wanted <= {row.text("rule") for row in rows}:
            found.append(f"{regime}: {wanted - {row.text('rule') for row in rows}}")
        if any(row.text("applied") not in APPLIED for row in rows):
            found.append(f"{regime}: a principle without a way to apply it")
    service = [
        row
        for row in rows_of(book, "service_rules", DAYS["ND_152_2025"])
        if "S103" in sourced(row) and row.text("rule") != "women_tenure"
    ]
    if len(service) != len(facts["cong_hien_NĐ152_Dieu9"]["rules"]):
        found.append(f"service: {len(service)} rules")
    if [row.number("years") for row in service if row.number("years")] != [10]:
        found.append("southern battlefield")
    for one in facts["initiative_rules"]:
        rows = rows_of(book, "initiative_rules", None, None)
        if not any(sourced(row) & sources(one) and row.confidence == one["confidence"]
                   for row in rows):  # fmt: skip
            found.append(f"initiatives: {one['act'] if 'act' in one else one['rule']}")
    cases = {row.text("case") for row in rows_of(book, "simplified_procedure", None, None)}
    if not {"all_of", "papers", "no_council_vote"} <= cases:
        found.append(f"simplified procedure: {cases}")
    return found


def wrong_confirmations(facts: Any, book: Book) -> list[str]:
    """Each confirmation and consultation by its source, with its numbers."""
    found = []
    rows = [
        row
        for table in ("confirmations", "consultations")
        for row in rows_of(book, table, None, None)
    ]
    for one in facts["enterprise_confirmations"]:
        named = [
            row
            for row in rows
            if sourced(row) & sources(one) and row.confidence == one["confidence"]
        ]
        articles = [place.split(".")[0] for place in places(one)]
        if articles:
            named = [
                row
                for row in named
                if any(cite.anchor.split(".")[0] in articles for cite in row.cites)
            ]
        if not named:
            found.append(f"confirmation: {one['rule'][:60]}")
    days = {row.number("days") for row in rows_of(book, "consultations", DAYS["ND_91_2017"])}
    if days != {20}:
        found.append(f"consultation: {days}")
    before = {row.number("days") for row in rows_of(book, "consultations", date(2016, 1, 1))}
    if before != {10}:
        found.append(f"consultation before October 2017: {before}")
    return found


# -------------------------------------------------------------------------- instruments

NAMED = {
    "LUAT_15_2003": "law-15-2003-qh11",
    "LUAT_39_2013": "law-39-2013-qh13",
    "LUAT_06_2022": "law-06-2022-qh15",
    "LUAT_06_2026": "law-06-2026-qh16",
    "QD_28_2018_TTG": "decision-28-2018-ttg",
    "QD_01_2026_TTG": "decision-01-2026-ttg",
    "QCVN_102_2016": "qcvn-102-2016",
}


def instrument(code: str) -> str:
    """`TT_12_2019_BNV` → circular-12-2019-bnv."""
    kind, _, rest = code.partition("_")
    word = {"ND": "decree", "TT": "circular"}.get(kind, kind)
    return NAMED.get(code, f"{word}-{rest}".lower().replace("_", "-"))


def wrong_instruments(facts: Any, book: Book) -> list[str]:
    """Every instrument with its dates; an end is the day before the fact base's `expires`."""
    found = []
    for one in facts["instruments"]:
        if one["id"] == "DECREE_UNDER_06_2026":
            continue
        have = book.instruments.get(instrument(one["id"]))
        if have is None:
            found.append(f"{one['id']} is missing")
            continue
        start = have.in_force.start if have.in_force else None
        end = have.in_force.next_start() if have.in_force else None
        for key, value in (("effective", start), ("expires", end)):
            if key in one and date.fromisoformat(one[key]) != value:
                found.append(f"{one['id']} {key}: {value}, not {one[key]}")
        if "issued" in one and not str(have.issued).startswith(one["issued"]):
            found.append(f"{one['id']} issued: {have.issued}, not {one['issued']}")
        if have.confidence != one["confidence"]:
            found.append(f"{one['id']}: {have.confidence}")
    return found


# -------------------------------------------------------------------------------- tests

CHECKS: dict[str, Callable[[Any, Book], list[str]]] = {
    "papers": wrong_papers,
    "sets": wrong_sets,
    "forms": wrong_forms,
    "deciders": wrong_deciders,
    "money": wrong_money,
    "archives": wrong_archives,
    "layout": wrong_layout,
    "exchange": wrong_exchange,
    "principles": wrong_principles,
    "confirmations": wrong_confirmations,
    "instruments": wrong_instruments,
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_book_says_what_the_fact_base_says(name):
    assert CHECKS[name](load("decrees.yaml"), BOOK) == []


def changed(table: str, **columns: Callable[[Any], Any]) -> Book:
    """The book with the values of a column of a table changed wherever they stand."""
    old = BOOK.tables[table]
    rows = tuple(
        dataclasses.replace(
            row,
            values={
                name: columns[name](value) if name in columns else value
                for name, value in row.values.items()
            },
        )
        for row in old.rows
    )
    return with_rows(table, rows)


def with_rows(table: str, rows: tuple[Row, ...]) -> Book:
    tables = {**BOOK.tables, table: dataclasses.replace(BOOK.tables[table], rows=rows)}
    return dataclasses.replace(BOOK, tables=tables)


PLANTED = {
    "papers": ("dossiers", {"papers": lambda value: value[1:]}),
    "sets": ("dossier_sets", {"sets": lambda value: value + 1}),
    "forms": ("forms", {"number": lambda value: value + "b"}),
    "deciders": ("deciders", {"level": lambda _value: "president"}),
    "money": ("emulation_fund", {"share": lambda value: value + Fraction(1, 100)}),
    "archives": ("retention", {"years": lambda value: value + 1}),
    "layout": ("document_format", {"style": lambda value: value.replace("13", "15")}),
    "exchange": ("e_exchange", {"most": lambda value: value + 1}),
    "principles": ("service_rules", {"years": lambda value: value + 1}),
    "confirmations": ("consultations", {"days": lambda value: value + 1}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_caught(name):
    table, columns = PLANTED[name]
    assert CHECKS[name](load("decrees.yaml"), changed(table, **columns))


def test_a_planted_date_is_caught():
    facts = load("decrees.yaml")
    facts["instruments"][0]["expires"] = "2024-01-02"
    assert wrong_instruments(facts, BOOK)


LISTED = {
    "retention": "archives",
    "statistics_forms": "archives",
    "document_type_abbreviations": "layout",
    "document_format": "layout",
    "certificate_layout": "layout",
    "bonus_stacking": "money",
    "service_rules": "principles",
    "delegations": "deciders",
}


@pytest.mark.parametrize("table", LISTED)
def test_every_lost_row_is_caught(table):
    facts = load("decrees.yaml")
    rows = BOOK.tables[table].rows
    silent = [
        row.vi
        for number, row in enumerate(rows)
        if not row.not_encoded
        and not (table == "bonus_stacking" and DAYS["ND_152_2025"] not in row.in_force)
        and row.text("matter") != "standards"
        and row.text("rule") != "women_tenure"
        and not CHECKS[LISTED[table]](facts, with_rows(table, rows[:number] + rows[number + 1 :]))
    ]
    assert silent == []
