"""Periods, waivers; reports; petitions; conclusions; notifications; reviews; evaluations;

hand-overs.
"""

from reports.models.catalogue import CompetentBody, PetitionField
from reports.models.conclusions import Conclusion, ConclusionTask
from reports.models.documents import CommitteeTerm, DocumentTemplate, IssuedDocument
from reports.models.evaluation_rules import Criterion, EvaluationCycle, EvaluationRules
from reports.models.evaluations import (
    CommuneRemark,
    Evaluation,
    EvaluationCitation,
    EvaluationEvent,
    EvaluationScore,
)
from reports.models.handovers import Handover, HandoverEvent, HandoverItem
from reports.models.notifications import Notification, NotificationRun
from reports.models.periodic_reports import SECTIONS, PeriodicReport, ReportEvent
from reports.models.periods import PER_YEAR, Period, PeriodQuerySet
from reports.models.petition_answers import AnswerFile, PetitionAnswer
from reports.models.petition_events import PetitionEvent
from reports.models.petition_legs import PetitionLeg
from reports.models.petitions import (
    Petition,
    PetitionCounter,
    PetitionMatter,
    PetitionQuerySet,
)
from reports.models.reviews import FrozenFigure, FrozenFigures, PackFile, Review, ReviewPack
from reports.models.waivers import Waiver

__all__ = [
    "PER_YEAR",
    "SECTIONS",
    "AnswerFile",
    "CommitteeTerm",
    "CommuneRemark",
    "CompetentBody",
    "Conclusion",
    "ConclusionTask",
    "Criterion",
    "DocumentTemplate",
    "Evaluation",
    "EvaluationCitation",
    "EvaluationCycle",
    "EvaluationEvent",
    "EvaluationRules",
    "EvaluationScore",
    "FrozenFigure",
    "FrozenFigures",
    "Handover",
    "HandoverEvent",
    "HandoverItem",
    "IssuedDocument",
    "Notification",
    "NotificationRun",
    "PackFile",
    "Period",
    "PeriodQuerySet",
    "PeriodicReport",
    "Petition",
    "PetitionAnswer",
    "PetitionCounter",
    "PetitionEvent",
    "PetitionField",
    "PetitionLeg",
    "PetitionMatter",
    "PetitionQuerySet",
    "ReportEvent",
    "Review",
    "ReviewPack",
    "Waiver",
]
