"""The views of a map that a reader can switch to, by boxes or from a list."""

from __future__ import annotations

from playwright.sync_api import Page

__all__ = ["choose_view", "list_views"]

LIST = """() => [...document.querySelectorAll('input[name=view], #one-group option:not([value=""])')]
  .map((each) => each.value)"""
CHOOSE = """(view) => {
  const box = document.querySelector(`input[name=view][value="${CSS.escape(view)}"]`);
  if (box) return box.click();
  const list = document.getElementById("one-group");
  list.value = view;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def list_views(page: Page) -> list[str]:
    """Name the views."""
    views: list[str] = page.evaluate(LIST)
    return views


def choose_view(page: Page, view: str) -> None:
    """Switch to a view."""
    page.evaluate(CHOOSE, view)
