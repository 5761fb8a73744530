"""Every phenomenon of the generator by name, and those that are not read yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from expect import differences, facts
from generate import changes, deadlines, duties, duties_more, near_misses, schedule, targets, wordings
from generate.words import NOTATIONS, Example
from ipplan import parse

Writer = Callable[[Random], Example]

PHENOMENA: dict[str, Writer] = {
    **{f"number: {name}": partial(targets.number, name) for name in NOTATIONS},
    "number: share": targets.share,
    "number: rough": targets.rough,
    "order: noun 达 number": targets.noun_reach,
    "order: verb noun number": targets.verb_noun_number,
    "order: verb number noun": targets.verb_number_noun,
    "order: verb number 以上 noun": targets.verb_number_after_noun,
    "order: noun number": targets.noun_number,
    "order: any indicator": targets.vocabulary,
    "order: behind prose": targets.in_prose,
    "comparator: behind": targets.compared_after,
    "comparator: in front": targets.compared_before,
    "comparator: kept within": targets.kept_within,
    "comparator: range": targets.span,
    "comparator: rank": targets.rank,
    "comparator: time limit": targets.time_limit,
    "change: growth": changes.growth,
    "change: points": changes.points,
    "change: reduction": changes.reduction,
    "change: doubling": changes.doubling,
    "change: times a level": changes.times_level,
    "change: against a year": changes.against_before,
    "change: baseline": changes.baseline,
    "change: a second value": changes.second_value,
    "qualifier: cumulative": changes.cumulative,
    "qualifier: frequency": changes.frequency,
    "qualifier: commitment": changes.commitment,
    "qualifier: nature": changes.nature,
    "list: respectively": targets.respectively,
    "list: verb reaches": targets.verb_over_list,
    "list: clauses": targets.clauses,
    "list: two verbs": targets.two_verbs,
    "list: shared growth": targets.shared_growth,
    "deadline: clause": deadlines.by_clause,
    "deadline: sentence": deadlines.by_sentence,
    "deadline: behind": deadlines.behind,
    "deadline: intro": deadlines.intro,
    "deadline: opening": deadlines.opening,
    "deadline: section": deadlines.section,
    "deadline: phase": deadlines.phase,
    "deadline: bracket": deadlines.bracket,
    "deadline: plan": deadlines.plan,
    "deadline: this year": deadlines.this_year,
    "deadline: series": deadlines.series,
    "deadline: none": deadlines.no_deadline,
    "wording: verbs and their nouns": wordings.own_verbs,
    "wording: adverbs": wordings.adverbs,
    "wording: comparator in the middle": wordings.comparator_in_the_middle,
    "wording: of which": wordings.of_which,
    "wording: listed metrics": wordings.listed_metrics,
    "wording: growth": wordings.growth_words,
    "wording: respectively grown": wordings.respectively_grown,
    "wording: from to": wordings.from_to,
    "wording: scores": wordings.scores,
    "wording: to a level": wordings.to_a_level,
    "wording: in front of a deadline": wordings.leads,
    "wording: five-year plans": wordings.terms,
    "wording: a mixed sentence": wordings.mixed_sentence,
    "no target: slogan": near_misses.slogan,
    "no target: described": near_misses.described,
    "no target: past": near_misses.past,
    "no target: listed": near_misses.listed,
    "no target: named": near_misses.named,
    "no target: dated": near_misses.dated,
    "no target: subsidy": near_misses.subsidy,
    "no target: condition": near_misses.condition,
    "no target: numeral words": near_misses.numeral_words,
    "no target: procedure": near_misses.procedure,
    "no target: politics": near_misses.politics,
    "duty: labelled": duties.labelled,
    "duty: two labels": duties.two_labels,
    "duty: three roles": duties.three_roles,
    "duty: by verb": duties.by_verb,
    "duty: two verbs": duties.two_verbs,
    "duty: joined": duties.joined,
    "duty: and others": duties.and_others,
    "duty: groups": duties.groups,
    "duty: alias": duties.alias,
    "duty: departments": duties.departments,
    "duty: deadline": duties.with_deadline,
    "duty: several brackets": duties.several,
    "duty: labelled line": duties.labelled_line,
    "duty: bracket on its own line": duties.bracket_line,
    "duty: clause": duties.clause,
    "duty: broken bracket": duties.broken,
    "duty: the first leads": duties.first_leads,
    "duty: bare list": duties.bare_list,
    "duty: none": duties.none,
    "duty: other bodies": duties_more.bodies,
    "duty: label and verbs": duties_more.label_and_verbs,
    "duty: lead marked in the list": duties_more.marked_lead,
    "duty: national": duties_more.national,
    "duty: by somebody": duties_more.by_somebody,
    "duty: with a leader": duties_more.with_leader,
    "duty: two lines": duties_more.both_lines,
    "duty: in a heading": duties_more.in_a_heading,
    "phase: bracketed": schedule.bracketed,
    "phase: quarters and seasons": schedule.parts,
    "phase: bare dates": schedule.bare,
    "phase: colon": schedule.colon,
    "phase: numbered": schedule.numbered,
    "phase: Chinese year": schedule.chinese_year,
    "phase: open": schedule.opened,
    "phase: dates in front": schedule.leading,
    "phase: other forms": schedule.forms,
    "phase: until": schedule.until,
    "phase: none": schedule.none,
}

#: Phenomenon → (share that is read at least, what is not read yet). They are run all the same; a gap that has closed is
#: a failure of the long tests, so that this list stays true.
KNOWN_GAPS: dict[str, tuple[float, str]] = {
    "wording: comparator in the middle": (0.99, "治理水土流失面积达…公顷: a weak verb in front of a metric"),
}


def faults(example: Example) -> list[str]:
    """What was read otherwise than it was written."""
    return differences(facts(parse(example.text)), example.want)
