"""Web: server-rendered pages on this machine, one file for each room. State is in the URL; no JavaScript is needed.

This room owns: pages, links, drawing on the server, what a browser may do (headers). It does not own: any answer; every
answer passes through ``questions.show`` before anything of it is rendered.
"""
