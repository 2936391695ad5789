"""The facts of a worked case in words: one line per record, as a clerk would read them aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from lawengine.vocabulary import Vocabulary
from lawengine.wording import Wording

_HEADS = {
    "ratings": ("level", "ratings"),
    "discipline": ("level", "discipline"),
    "initiatives": ("kind", "products"),
    "pending": ("kind", "pending"),
    "absences": ("kind", "absences"),
    "service": ("role", "roles"),
    "attestations": ("what", "judgements"),
    "placements": ("in", ""),
}
_SILENT = ("id", "source", "confirmed_by", "unit")


class Line(NamedTuple):
    """A kind of fact with what is said of it."""

    key: str
    label: str
    said: tuple[str, ...]


class FactWords:
    """Turns the plain data of a case into lines. words: the site's own words (words.yaml)."""

    def __init__(self, words: Mapping[str, Any], wording: Wording) -> None:
        self.words, self.wording = words, wording
        self.vocabulary: Vocabulary = wording.vocabulary

    def lines(self, facts: Mapping[str, Any], only: frozenset[str] | None = None) -> list[Line]:
        """Every kind of fact that the case states, or only some."""
        found = []
        for key, value in facts.items():
            if key in ("id", "kind", "name", "unit") or (only is not None and key not in only):
                continue
            label = self.words["attributes"].get(key) or self.vocabulary.label("ledgers", key)
            label = label[:1].upper() + label[1:]
            found.append(Line(key, label, tuple(self._said(key, value))))
        return found

    def _said(self, key: str, value: Any) -> Iterator[str]:
        if key in self.words["attributes"]:
            yield self._attribute(key, value)
        elif value in ("none", []):
            yield self.words["nothing"]
        elif value == "unknown":
            yield self.words["unknown"]
        elif isinstance(value, Mapping):
            yield from self._ledger(key, value)
        else:
            yield from self._records(key, value)

    def _attribute(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(self.words["flags"][key][value])
        if isinstance(value, list):
            return ", ".join(self.vocabulary.label(key, str(one)) for one in value)
        name = {"category": "categories", "region": "regions"}.get(key, key)
        return self._plain(self.vocabulary.label(name, str(value)), value)

    def _ledger(self, key: str, value: Mapping[str, Any]) -> Iterator[str]:
        records = value.get("records") or []
        yield from self._records(key, records)
        if not records:
            yield self.words["nothing"]
        complete = value.get("complete")
        if complete == "all":
            yield f"({self.words['complete_all']})"
        elif complete:
            yield f"({self.words['complete_years'].format(years=self._years(complete))})"
        for name in ("none", "unknown"):
            if value.get(name):
                years = self._years(value[name])
                yield f"({self.words[f'{name}_years'].format(years=years)})"

    def _years(self, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._years(one) for one in value)
        return str(value).replace("..", "–")

    def _records(self, key: str, records: list[Any]) -> Iterator[str]:
        if key == "ratings":
            yield from self._ratings(records)
            return
        if key == "members":
            for one in records:
                yield self._members(one)
            return
        for one in records:
            yield self._record(key, one)

    def _ratings(self, records: list[Mapping[str, Any]]) -> Iterator[str]:
        """Years in a row with one rating are said once."""
        runs: list[tuple[int, int, str]] = []
        for one in sorted(records, key=lambda record: str(record.get("year"))):
            level = self._level("ratings", one.get("level"))
            year = one.get("year")
            if not isinstance(year, int):
                runs.append((0, 0, f"{year}: {level}"))
            elif runs and runs[-1][2] == level and runs[-1][1] == year - 1:
                runs[-1] = (runs[-1][0], year, level)
            else:
                runs.append((year, year, level))
        for first, last, level in runs:
            if not first:
                yield level
            else:
                yield f"{first}: {level}" if first == last else f"{first}–{last}: {level}"

    def _level(self, name: str, value: Any) -> str:
        if isinstance(value, Mapping):
            bound, word = next(iter(value.items()))
            label = self.vocabulary.label(name, str(word))
            return str(self.words["bounds"][bound]).format(value=label)
        if value in (None, "none"):
            return str(self.words["words"]["none"]) + " xếp loại" if name == "ratings" else "–"
        return self._plain(self.vocabulary.label(name, str(value)), value)

    def _plain(self, label: str, value: Any) -> str:
        if isinstance(value, date):
            return self.wording.day(value)
        if label == str(value):
            return str(self.words["words"].get(label, label))
        return label

    def _record(self, key: str, record: Mapping[str, Any]) -> str:
        used = {"year", *_SILENT}
        if key == "registrations":
            used.add("awards")
            head = self._awards(record.get("awards"))
        elif key == "awards":
            used.add("award")
            head = self.wording.awards.get(str(record.get("award")), str(record.get("award")))
        elif key == "posts":
            used.update(("title", "role"))
            head = self._value("roles", record.get("role") or record.get("title"))
        else:
            field, name = _HEADS.get(key, ("kind", ""))
            used.add(field)
            head = self._value(name, record.get(field))
        if key == "discipline":
            head = self._level("discipline", record.get("level"))
        details = [self._year(record["year"])] if record.get("year") is not None else []
        if key == "attestations":
            used.add("verdict")
            details.append(self._value("", record.get("verdict", "awaiting")))
        unit = record.get("unit")
        for field, value in record.items():
            if field not in used:
                details.append(self._detail(field, value))
                if field == "days" and unit:
                    details[-1] = self._value("", value) + " " + self._value("", unit)
        head = head[:1].upper() + head[1:]
        return f"{head}: {', '.join(details)}" if details else head

    def _year(self, value: Any) -> str:
        return self.wording.years([value]) if isinstance(value, int) else self._value("", value)

    def _awards(self, value: Any) -> str:
        if value in (None, "none", []):
            return str(self.words["registered_none"])
        return ", ".join(self.wording.awards.get(one, one) for one in value)

    def _detail(self, field: str, value: Any) -> str:
        flags = self.words["flags"].get(field)
        if flags and isinstance(value, bool):
            return str(flags[value])
        rule = self.words["fields"].get(field)
        if rule is None:
            return f"{field}: {self._value('', value)}"
        said = self._value(rule.get("list", ""), value)
        if said == str(value) and rule.get("other"):
            said = self._value(rule["other"], value)
        return str(rule["vi"]).format(value=said)

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return self.wording.day(value)
        if isinstance(value, Mapping):
            bound, inner = next(iter(value.items()))
            if bound in self.words["bounds"]:
                said = self._value(name, inner)
                return str(self.words["bounds"][bound]).format(value=said)
            return ", ".join(f"{key}: {self._value(name, one)}" for key, one in value.items())
        if isinstance(value, list):
            return ", ".join(self._value(name, one) for one in value)
        text = str(value)
        if text in self.wording.awards:
            return self.wording.awards[text]
        return self._plain(self.vocabulary.label(name, text), text)

    def _members(self, record: Mapping[str, Any]) -> str:
        names = self.words["members"]
        said = []
        for key, value in record.items():
            if key in ("year", *_SILENT):
                continue
            if isinstance(value, Mapping) and key in ("rating", "awards", "discipline"):
                lists = {"rating": "ratings", "discipline": "discipline", "awards": ""}
                for word, count in value.items():
                    label = self._value(lists[key], word)
                    said.append(f"{names[key]} «{label}»: {self._value('', count)}")
            else:
                said.append(f"{names.get(key, key)}: {self._value('', value)}")
        return f"{self._year(record.get('year'))}: {'; '.join(said)}".capitalize()
