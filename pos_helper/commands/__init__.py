"""The commands of the command line: one module per topic, each command described beside its function.

``command`` says what a command is, ``parser`` what was typed wrong, ``data`` opens catalog and cases,
``output`` prints and ``log`` prints what modules warn of.

Imports stand inside the commands, so that a look-up does not wait for what it does not use, and Qt
is loaded only for the window and the PDF.
"""
