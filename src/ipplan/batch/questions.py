"""The ready questions of ``ipplan query --ask``. Near-duplicates count as one plan (the view ``unique_plans``)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A ready question: what it answers, and its SQL."""

    name: str
    meaning: str
    sql: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "biggest-targets",
        "the largest target of each indicator, by unit, basis and frequency, and whose it is",
        """
WITH biggest AS (
  SELECT plan_id, seq FROM targets SEMI JOIN unique_plans USING (plan_id)
  WHERE indicator_id IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY indicator_id, unit, basis, frequency ORDER BY value DESC, plan_id, seq) = 1
)
SELECT t.indicator_id, t.indicator, t.value, t.unit, t.basis, t.frequency, t.deadline, p.region_name, p.title, p.path,
       t.section_id, t.line
FROM biggest JOIN targets t USING (plan_id, seq) JOIN plans p USING (plan_id)
ORDER BY t.indicator_id, t.unit, t.basis, t.frequency
""",
    ),
    Question(
        "lead-load",
        "how often each department leads, supports or is responsible, and in how many plans",
        """
SELECT coalesce(a.department, a.name) AS agency, a.department IS NOT NULL AS canonical,
       count(*) FILTER (a.role = 'lead') AS leads, count(*) FILTER (a.role = 'support') AS supports,
       count(*) FILTER (a.role = 'responsible') AS responsible, count(DISTINCT a.plan_id) AS plans
FROM agencies a JOIN unique_plans USING (plan_id)
GROUP BY ALL ORDER BY leads DESC, responsible DESC, supports DESC, agency
""",
    ),
    Question(
        "deadlines-by-quarter",
        "how many targets and promises fall due in each quarter, and in how many plans",
        """
WITH due AS (
  SELECT plan_id, deadline, 'target' AS kind FROM targets WHERE deadline IS NOT NULL
  UNION ALL SELECT plan_id, deadline, 'commitment' FROM commitments WHERE deadline IS NOT NULL
  UNION ALL SELECT plan_id, deadline, 'assignment' FROM assignments WHERE deadline IS NOT NULL
)
SELECT year(deadline) || '-Q' || quarter(deadline) AS quarter, count(*) FILTER (kind = 'target') AS targets,
       count(*) FILTER (kind = 'commitment') AS commitments, count(*) FILTER (kind = 'assignment') AS assignments,
       count(DISTINCT plan_id) AS plans
FROM due JOIN unique_plans USING (plan_id) GROUP BY 1 ORDER BY 1
""",
    ),
    Question(
        "indicator-coverage",
        "in how many plans each canonical indicator has a target; the last row counts targets that have none",
        """
SELECT t.indicator_id, any_value(t.indicator ORDER BY p.path, t.seq) AS example, count(*) AS targets,
       count(DISTINCT t.plan_id) AS plans,
       round(100.0 * count(DISTINCT t.plan_id) / (SELECT count(*) FROM unique_plans), 1) AS percent_of_plans
FROM targets t JOIN unique_plans p USING (plan_id)
GROUP BY t.indicator_id ORDER BY t.indicator_id IS NULL, plans DESC, targets DESC, t.indicator_id
""",
    ),
    Question(
        "citation-network",
        "which plan cites which document, how many plans cite it, and the cited plan if it is in the corpus",
        """
WITH edges AS (
  SELECT p.plan_id, p.path, p.title, c.seq, c.title AS cited_title, c.doc_number AS cited_number
  FROM citations c JOIN unique_plans p USING (plan_id)
), counted AS (
  SELECT cited_title, count(DISTINCT plan_id) AS cited_by FROM edges GROUP BY cited_title
), known AS (
  SELECT title AS known_title, min(plan_id) AS cited_plan_id FROM unique_plans WHERE title IS NOT NULL GROUP BY title
), numbered AS (
  SELECT doc_number AS known_number, min(plan_id) AS numbered_plan_id FROM unique_plans
  WHERE doc_number IS NOT NULL GROUP BY doc_number
)
SELECT e.plan_id, e.path, e.title, e.cited_title, e.cited_number,
       cited_by, coalesce(n.numbered_plan_id, k.cited_plan_id) AS cited_plan_id
FROM edges e JOIN counted USING (cited_title) LEFT JOIN known k ON k.known_title = e.cited_title
     LEFT JOIN numbered n ON n.known_number = e.cited_number
ORDER BY cited_by DESC, e.cited_title, e.plan_id, e.seq
""",
    ),
    Question(
        "near-duplicates",
        "plans that are the same or nearly the same text, group by group",
        """
SELECT near_group, count(*) OVER (PARTITION BY near_group) AS plans,
       count(DISTINCT content_hash) OVER (PARTITION BY near_group) AS texts, plan_id, path, title, content_hash
FROM plans WHERE near_group IS NOT NULL ORDER BY near_group, plan_id
""",
    ),
)

BY_NAME = {question.name: question for question in QUESTIONS}
