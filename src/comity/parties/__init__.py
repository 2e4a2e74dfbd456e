"""Parties: states, organisations and their organs, forces and agencies, as they were at the time.

This room owns: names, codes, existence, predecessors and successors. It does not own: who is bound by what (agreements),
nor membership, which is derived from an organisation's constituent treaty (standing).
Law: Vienna Convention on Succession of States in respect of Treaties (1978).
"""

from comity.parties.persons import Coded, Named, Party, PartyKind, Register, Span, Succession

__all__ = ["Coded", "Named", "Party", "PartyKind", "Register", "Span", "Succession"]
