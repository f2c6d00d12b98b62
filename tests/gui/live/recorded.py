"""A stand-in for the presenter: writes down what the view says, in order."""

from __future__ import annotations


class Recorded:
    def __init__(self) -> None:
        self.said: list[tuple[object, ...]] = []
        self.answers: dict[str, bool] = {}

    def _note(self, *what: object) -> None:
        self.said.append(what)

    def names(self) -> list[object]:
        return [what[0] for what in self.said]

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [what[1:] for what in self.said if what[0] == name]

    def typed(self, text: str, cursor: int) -> None:
        self._note("typed", text, cursor)

    def cursor_moved(self, cursor: int) -> None:
        self._note("cursor_moved", cursor)

    def enter(self) -> None:
        self._note("enter")

    def escape(self) -> None:
        self._note("escape")

    def tab(self) -> bool:
        self._note("tab")
        return self.answers.get("tab", False)

    def completion_moved(self, delta: int) -> None:
        self._note("completion_moved", delta)

    def backspace_after_chip(self) -> bool:
        self._note("backspace_after_chip")
        return self.answers.get("backspace_after_chip", False)

    def dismiss_chip(self, index: int) -> None:
        self._note("dismiss_chip", index)

    def up_in_empty(self) -> None:
        self._note("up_in_empty")

    def tap(self, key: str, shift: bool) -> None:
        self._note("tap", key, shift)

    def tap_key_released(self, key: str) -> None:
        self._note("tap_key_released", key)

    def take_back(self) -> None:
        self._note("take_back")

    def change_kind(self) -> None:
        self._note("change_kind")

    def mark(self) -> None:
        self._note("mark")

    def land(self) -> None:
        self._note("land")

    def first_dose_now(self) -> None:
        self._note("first_dose_now")

    def toggle_card(self) -> None:
        self._note("toggle_card")

    def toggle_plan(self) -> None:
        self._note("toggle_plan")

    def dim(self, delta: int) -> None:
        self._note("dim", delta)

    def veil(self) -> None:
        self._note("veil")

    def unveil_code(self, text: str) -> None:
        self._note("unveil_code", text)

    def form_changed(self, key: str, value: str) -> None:
        self._note("form_changed", key, value)

    def form_enter(self) -> None:
        self._note("form_enter")

    def banner_action(self, name: str) -> None:
        self._note("banner_action", name)

    def row_opened(self, row: str) -> None:
        self._note("row_opened", row)

    def row_action(self, row: str, name: str) -> None:
        self._note("row_action", row, name)

    def focus_lost(self) -> None:
        self._note("focus_lost")

    def try_again(self) -> None:
        self._note("try_again")

    def too_much_pasted(self, characters: int) -> None:
        self._note("too_much_pasted", characters)
