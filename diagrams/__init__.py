"""Engine values -> pictures. The engine never imports this.

fonts           what the fonts of this machine can draw
graph           nodes and edges: a picture before it has a format
links           where a reader finds what stands at a place of the rulebook
branches        a node of a decision diagram -> its question and its answers, in words
flowchart       a decision diagram -> what is asked, what follows, the way a case took
difference      two rulebooks -> which answers lead to other advice than before
inference       rules, what they rest on and what they speak for; what fired
decision_graph  how decisions rest on each other
dot             a graph -> DOT, for readers and for rendering
mermaid         a graph -> Mermaid
bars            how often each of several things occurs
outline         a graph -> an indented text
render          DOT -> SVG, PNG, PDF; the only file that runs Graphviz
svg             readable titles, a description, light and dark
formats         a graph in any format
picture         a graph as a value that a notebook shows and a document holds
chart_font      in which font a chart writes Chinese
chart           two costs over time, their crossing marked; the only file that plots
"""
