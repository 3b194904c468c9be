"""The service as an assistant's tools, over MCP; all but `door` is imported only if one asks, with the extra `mcp`.

arguments  the facts of rulebooks -> what a tool takes, as JSON Schema
tools      the routes -> tools; a call -> what it asks, and the answer in words and as data
resources  the routes -> what an assistant may read
prompts    what a person can have an assistant do with a description
protocol   tools and resources as an MCP server, over standard input and output or over HTTP
door       the address at which assistants ask
"""
