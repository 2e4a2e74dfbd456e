"""What the API gives of lessons, training, interoperability and obligations: lists of what docs/schemas has, as ``comity --json`` prints it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from comity.web.api.describing import (
    Awaited,
    Course,
    Edition,
    Gap,
    Held,
    Lesson,
    Need,
    Obligation,
    Offer,
    Position,
    Post,
    Shared,
    Trained,
    Training,
    Visit,
)
from comity.web.api.shapes import Day, Derived, Part, told


class AwaitedOfParties(Part):
    """What procedures under way await of parties, or leave open to them."""

    awaited: list[Awaited] = told("By the day until which, those without one last.")


class Lessons(Part):
    """What was seen in exercises, and what has become of it."""

    lessons: list[Lesson] = told("What is due first comes first; what has no day comes last.")


class Courses(Part):
    """Courses, and who took their places."""

    courses: list[Course] = told("By the days on which they start, those without a day last.")


class Posts(Part):
    """Posts with others."""

    posts: list[Post] = told("By the days from which they are filled.")


class Visits(Part):
    """Visits, and the leave for them."""

    visits: list[Visit] = told("By the days on which they start.")


class Needs(Part):
    """Needs, with the offers that could meet them."""

    needs: list[Need] = told("By the days from which they stand.")


class Offers(Part):
    """Offers that stand."""

    offers: list[Offer] = told("By the days from which they stand.")


class TrainedLast(Part):
    """Who was last trained with whom on courses and in posts."""

    trained: list[Trained] = told("By the codes of the two, and by capability.")


class TrainedTogether(Part):
    """What nations have trained together, and how much of it is left."""

    trained: list[Training] = told("By the codes of the nations, and by capability.")


class Gaps(Part):
    """What nations have not trained together in time, or not for sure."""

    gaps: list[Gap] = told("By the codes of the nations, and by capability.")


class Editions(Part):
    """Editions of standards."""

    editions: list[Edition] = told("By standard and edition.")


class Positions(Part):
    """What nations said of editions of standards, and whether they use them."""

    positions: list[Position] = told("By standard, edition and nation.")


class SharedStandards(Part):
    """Which pairs of nations share which standard."""

    shared: list[Shared] = told("By standard, and by the codes of the two.")


class HeldTogether(Part):
    """Exercises in which two nations took part together."""

    exercises: list[Held] = told("By the days on which they began, as these were written.")


class StartWindow(BaseModel):
    """The first and the last day that it can have begun."""

    start: Day | None = told("The first.", alias="from")
    end: Day | None = told("The last.", alias="to")


class CourseOrPost(BaseModel):
    """A course or a post in which nations were together."""

    kind: Literal["course", "post"] = told("Which of the two.")
    what: str | None = told("How it is called; null: not said.")
    capability: str | None = told("What it trains; null: not said.")
    starts: StartWindow = told("When it began.")
    by: str = told("Who offers or receives.")
    parties: list[str] = told("Of whom it was.", alias="with")
    acts: list[str] = told("The acts that tell it.")


class CoursesAndPosts(Part):
    """Courses and posts in which two nations were together."""

    courses_and_posts: list[CourseOrPost] = told("By the first days on which they can have begun.", alias="courses-and-posts")


class Obligations(Part, Derived):
    """Who is obliged to what when a state is attacked."""

    obligations: list[Obligation] = told("By agreement, article and party.")
