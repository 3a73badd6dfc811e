"""The commands of the command line: one module per topic, with each command's parser beside its function.

``command`` registers commands, ``parser`` reports usage errors, ``data`` opens catalog and cases, ``output``
prints results and ``log`` prints logged warnings.

Commands import what they need when they run, so that a look-up starts fast and Qt is loaded only for the
window and the PDF.
"""
