"""Hand-overs: what an officer leaves open in a commune, who goes on with it, until it is accepted.

A dossier is opened when a commune changes hands (:mod:`.opening`), its open things are found
(:mod:`.finding`) and each given to somebody (:mod:`.deciding`), then it is offered and accepted
(:mod:`.moving`).
"""

from reports.handing_over.deciding import Decided, decide_items
from reports.handing_over.moving import make_move, moves_open_to, why_not
from reports.handing_over.opening import Dossiers

__all__ = ["Decided", "Dossiers", "decide_items", "make_move", "moves_open_to", "why_not"]
