"""What the commands of the command line do: one module per topic. Each command gives its exit code.

Imports stand inside the commands, so that a look-up does not wait for what it does not use, and Qt
is loaded only for the window and the PDF.
"""
