"""Engine values -> pictures. The engine never imports this.

fonts           what this machine's fonts can draw
graph           nodes and edges: a picture before it has a format
links           where a reader finds a place of the rulebook
branches        a node of a decision diagram -> its question and answers, in words
flowchart       a decision diagram -> what is asked, what follows, the way that a case took
difference      two rulebooks -> which answers lead to different advice
inference       rules, what they test and what they speak for; what fired
decision_graph  how decisions rest on each other
dot             a graph -> DOT, for readers and for rendering
mermaid         a graph -> Mermaid
bars            how often each of several things occurs
outline         a graph -> an indented text
placeholders    texts set aside, and put into their places in XML
render          DOT -> SVG, PNG, PDF; the only file that runs Graphviz
svg             a graph -> SVG with readable titles and a description, light and dark
formats         a graph in any format
picture         a graph as a value that a notebook shows and a document holds
chart_font      the font in which a chart writes Chinese
chart           two costs over time with their crossing marked; the only file that plots
"""
