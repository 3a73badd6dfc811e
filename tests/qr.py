"""Reads QR codes from a picture, as a phone does."""

import zxingcpp
from PySide6.QtGui import QImage


def read_qr(picture: QImage) -> list[str]:
    """The texts of all codes in the picture."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, line = grey.width(), grey.height(), grey.bytesPerLine()
    dots = bytes(grey.constBits())
    packed = b"".join(dots[row * line : row * line + width] for row in range(height))
    return [code.text for code in zxingcpp.read_barcodes(memoryview(packed).cast("B", (height, width)))]
