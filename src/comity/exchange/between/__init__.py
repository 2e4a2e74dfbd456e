"""Between nodes: pulling from partners, pushing to them, acts that travel as objects; over whatever carries one request and its answer.

Source: docs/explanation/how-exchange-works.md, section 10.
"""

from comity.exchange.between.asking_partners import Answer, Asking, Bounds, Partner, Send, Unreachable
from comity.exchange.between.delivered_acts import take_acts
from comity.exchange.between.linking import Links
from comity.exchange.between.pulling import Pulled
from comity.exchange.between.pushing import Pushed
from comity.exchange.between.recalling import recall

__all__ = ["Answer", "Asking", "Bounds", "Links", "Partner", "Pulled", "Pushed", "Send", "Unreachable", "recall", "take_acts"]
