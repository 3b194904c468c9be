"""Values -> documents, and documents -> text: whatever a reader is told is told here, once.

document   what is told, as blocks, in one language, before it has a format
terminal   a document -> text for a terminal
page       a document -> a self-contained HTML page
markdown   a document -> Markdown that acts on nothing
shell      words as a shell takes them
regions    regions of tasks in words
findings   findings about a rulebook, and the pages of the checks
"""
