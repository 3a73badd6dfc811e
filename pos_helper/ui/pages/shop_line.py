"""Whom the shop calls, and the numbers that the hotline will ask for."""

from PySide6.QtWidgets import QWidget

from pos_helper.domain.shop import Shop
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel


class ShopLine(Retranslated, TextLabel):
    """One line each for hotline, merchant ID and terminal ID, of those that are filled in."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Role.CAPTION, parent, muted=True)
        self._shop = Shop()

    def show_shop(self, shop: Shop) -> None:
        """Show these numbers."""
        self._shop = shop
        self.retranslate()

    def retranslate(self) -> None:
        shop = self._shop
        parts = []
        if shop.hotline:
            parts.append(self.tr("Hotline {0}").format(f"{shop.hotline} {shop.acquirer}".strip()))
        if shop.merchant_id:
            parts.append(self.tr("Merchant ID {0}").format(shop.merchant_id))
        if shop.terminal_id:
            parts.append(self.tr("Terminal ID {0}").format(shop.terminal_id))
        self.setText("\n".join(parts))
