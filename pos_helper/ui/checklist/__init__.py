"""The four tabs and their checklists: model, layout, painting and menu."""
