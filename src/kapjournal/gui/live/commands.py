"""What can be done in a session, by name, for the list that finds everything."""

from __future__ import annotations

from kapjournal.gui.live.own_lists import LEGEND, PHASES
from kapjournal.gui.live.presenter import LivePresenter
from kapjournal.gui.live.tapping import LANDING, VEIL
from kapjournal.gui.widgets.command_palette import Command


def live_commands(live: LivePresenter) -> list[Command]:
    """What can be done in a session, by name."""
    running = live.held.session.running
    always = [
        Command("Pinned card", "F8", live.toggle_card),
        Command("Safety plan", "F9", live.toggle_plan),
        Command("Veil: blank everything", "F12", live.veil),
        Command("Dimmer text", "Ctrl Shift Down", lambda: live.dim(1)),
        Command("Brighter text", "Ctrl Shift Up", lambda: live.dim(-1)),
        Command("Choose the code of the veil", "", lambda: live.open_form(VEIL)),
        Command("Change the legend of tap mode", "", lambda: live.open_form(LEGEND)),
        Command("Change the expected phases of a route", "", lambda: live.open_form(PHASES)),
    ]
    if not running:
        return always
    return [
        Command("Vitals", "V", lambda: live.open_form("vitals")),
        Command("Dose", "D", lambda: live.open_form("dose")),
        Command("Touch", "O", lambda: live.open_form("touch")),
        Command("Safety", "X", lambda: live.open_form("safety")),
        Command("Mark this moment", "Ctrl M", live.mark),
        Command("First dose now", "Ctrl Shift T", live.first_dose_now),
        Command("Take the last entry back", "Ctrl Z", live.take_back),
        Command("Landing, and close the session", "Ctrl Shift L", lambda: live.open_form(LANDING)),
        *always,
    ]
