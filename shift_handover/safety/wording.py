"""The words of the safety check: groups, places, items, and what was found."""

from collections.abc import Mapping

from kiosk.desk.words import N_, _, in_every_language
from shift_handover.models import Found, Group
from shift_handover.records import SafetyChange, SafetyItem, SafetyResult
from shift_handover.wording_parts import joined

_SAFETY_TITLES: Mapping[Group, str] = {
    Group.CLEARING: N_("Clearing"),
    Group.FIRE: N_("Fire"),
    Group.ELECTRICITY: N_("Electricity"),
    Group.THEFT: N_("Theft"),
}
_FOUND: Mapping[Found, str] = {
    Found.NORMAL: N_("Normal"),
    Found.FAULT: N_("Fault"),
    Found.NOT_CHECKED: N_("Not checked"),
}
_PLACES: Mapping[str, str] = {
    "yard": N_("Yard"),
    "offices": N_("Offices"),
    "hall": N_("Hall"),
    "stairs": N_("Stairs"),
    "tea_room": N_("Tea room"),
    "gatehouse": N_("Gatehouse"),
}
_ITEMS: Mapping[str, str] = {
    "nobody_left": N_("No person or vehicle left behind"),
    "visitors_gone": N_("Every visitor has left the rooms"),
    "passages_clear": N_("Hall and passages are clear"),
    "extinguishers": N_("Extinguishers, hydrants in place"),
    "fire_exits": N_("Fire exits open and kept clear"),
    "no_embers": N_("No cigarette ends, no open flame"),
    "lights_off": N_("Lights, air-conditioning off"),
    "machines_off": N_("Computers, copiers, coolers off"),
    "taps_closed": N_("Water taps are closed"),
    "windows_shut": N_("Windows are shut"),
    "doors_locked": N_("Every door is locked"),
    "keys_locked": N_("Key cabinet locked and complete"),
}


def safety_title(group: Group) -> str:
    """Return the name of a group of the safety check."""
    return _(_SAFETY_TITLES[group])


def found_word(found: Found) -> str:
    """Return 正常, 异常 or 未查."""
    return _(_FOUND[found])


def place_word(place: str, name: str = "") -> str:
    """Return the name of a place of the round: the site's own ``name``, or the usual word."""
    return name or _(_PLACES.get(place, place))


def item_word(item: str, name: str = "") -> str:
    """Return what a safety item asks: the site's own ``name``, or the usual words."""
    return name or _(_ITEMS.get(item, item))


def place_names(place: str, name: str) -> frozenset[str]:
    """Return what a file may call a place: the site's name, or the usual word in any language."""
    return frozenset({name}) if name else in_every_language(_PLACES.get(place, place))


def item_names(item: str, name: str) -> frozenset[str]:
    """Return what a file may call an item: the site's name, or the usual words in any language."""
    return frozenset({name}) if name else in_every_language(_ITEMS.get(item, item))


def result_words(result: SafetyResult) -> str:
    """Return one group's result in a few words: how many normal, faulty, not checked."""
    if result.checked_at is None:
        return _("Not checked yet")
    if result.all_normal:
        return _("All {n} normal").format(n=len(result.items))
    return joined(_count(result, Found.NORMAL), odd_words(result))


def odd_words(result: SafetyResult) -> str:
    """Return how many items of a group were faulty, not checked, or not proven by a tap."""
    if result.checked_at is None:
        return _("Not checked yet")
    unproven = _("Not proven {n}").format(n=result.unproven) if result.unproven else ""
    return joined(_count(result, Found.FAULT), _count(result, Found.NOT_CHECKED), unproven)


def _count(result: SafetyResult, found: Found) -> str:
    count = result.count(found)
    return f"{found_word(found)} {count}" if count else ""


def item_detail(item: SafetyItem) -> str:
    """Return a fault's words or the reason an item was not checked."""
    if item.found is Found.FAULT:
        told = _("told: {name}").format(name=item.told) if item.told else _("nobody told yet")
        return joined(item.where, item.what, item.measure, told)
    return item.reason


def change_words(change: SafetyChange) -> str:
    """Return what changed, in one line."""
    put_right = change.found is Found.NORMAL
    words = _("Put right: {place}, {what}") if put_right else _("New: {place}, {what}")
    return words.format(place=change.place, what=change.what)
