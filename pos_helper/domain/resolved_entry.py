"""An entry with everything that it refers to: what the window shows and a case stores."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pos_helper.domain.entries import Cause, Entry, Origin, Source, Step, Tab, Tip

BUILT_IN_PACK = "catalog"
"""The name of the built-in pack. A pack is named after its file or folder."""

SHOP_PACK = "shop"
"""The name of the pack that holds the codes recorded in the window."""


class ResolvedEntry(Struct, frozen=True):
    """An entry with its origin, steps, sources and tips, so that the catalog is not needed to show it.

    A case stores a copy, so an old report reads the same after a catalog update. ``steps`` and ``sources``
    are by id; ``pack`` is the name of the entry's pack, ``catalog`` the version of the catalog.
    """

    entry: Entry
    origin: Origin
    steps: dict[str, Step]
    sources: dict[str, Source]
    prevention: tuple[Tip, ...]
    pack: str
    catalog: str

    def causes_in(self, tab: Tab) -> tuple[Cause, ...]:
        """The causes of one tab, in catalog order: quick and likely ones first."""
        return tuple(cause for cause in self.entry.causes if cause.tab is tab)

    def first_steps(self) -> tuple[Step, ...]:
        """The quick steps while the customer is waiting (at most three)."""
        return tuple(self.steps[step_id] for step_id in self.entry.first)

    def steps_in(self, tab: Tab) -> tuple[Step, ...]:
        """The steps of one tab, each once, in order of first occurrence."""
        return self._each_once(step for cause in self.causes_in(tab) for step in cause.steps)

    def all_steps(self) -> tuple[Step, ...]:
        """All steps of the entry, each once: the quick steps, then tab by tab."""
        return self._each_once(self._all_ids())

    def _all_ids(self) -> Iterator[str]:
        yield from self.entry.first
        for tab in Tab:
            for cause in self.causes_in(tab):
                yield from cause.steps

    def _each_once(self, ids: Iterable[str]) -> tuple[Step, ...]:
        return tuple(self.steps[step_id] for step_id in dict.fromkeys(ids))
