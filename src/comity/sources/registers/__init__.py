"""Registers of treaties, alliances, agreements and exercises: each row as acts, or listed with the reason why it was not taken.

One file for each register. What is common: the parties that names and codes mean (naming), clauses that stand for what a data set says
(clauses), and the book that comes of it (writing).
"""
