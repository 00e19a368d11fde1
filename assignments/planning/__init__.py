"""Plans of reassignment ("Lập phương án"): who follows which commune once somebody leaves.

A plan is asked for by :class:`parameters.Parameters`, made into a :class:`problem.Problem` of the
database as it is (:mod:`world`), solved once for each :class:`~assignments.enums.PlanVariant`
(:mod:`solver`), scored (:mod:`scores`), kept and applied (:mod:`services`). Only main assignments
are planned; support and temporary cover stay as they are.

In all three variants, in this order: fewest communes without anybody, fewest officers below what
their group asks, fewest officers who stay moved from what they follow. Then what the variant is
best at (:data:`solver.STAGES`). Each stage is solved to a proven optimum, or says that it was not.

Parameters (``parameters``, stored in ``plan.parameters["asked"]``)::

    Parameters(
        leavers={officer_pk: EndReason},       # all they follow ends on starts_on when applied
        unneeded=[commune_pk],                 # communes that need nobody new
        capacity=3,                            # most each (MAX_COMMUNES_PER_OFFICER)
        capacities={officer_pk: 5},            # for single officers
        unmovable=[officer_pk],                # keep all they follow
        fixed=[(officer_pk, commune_pk)],      # must have it (keep or take)
        excluded=[Exclusion(officer, commune, reason="…")],
        home=[(officer_pk, commune_pk)],       # does not follow the home commune
        group_rules=[GroupRule(group, at_least=0, at_most=None)],   # for each officer of the group
        kind_rules=[KindRule(kind, groups=[...])],   # communes of a kind: officers of these only
    )
    .to_json() / Parameters.from_json(data)

Problem (``problem``; plain, sorted, no database)::

    Problem(candidates, units, bars, fixed)
    Candidate(key, name, group, capacity, minimum, field, former, leaves_on)
                                         # leaves_on: gets nothing new, keeps what they have
    Unit(key, name, weight, needs, before, before_name, holder, before_field, place, latitude,
         longitude, centre_km)           # before: who followed it last; holder: who stays there
    Bar(candidate, unit, limit, reason)  # a pair that may not be, and by which Limit
    problem.present -> Placing           # who holds what if nothing is done
    Placing = dict[unit key, candidate key or None]

World (``world``)::

    problem_of(plan) -> Problem                    # of the database now, a fixed number of queries
    parameters_of(plan) -> Parameters
    world_digest(day) -> (digest, digest of each commune and officer)
    changes(plan) -> list[str]                     # what has changed since it was made ([]: none)

Solver (``solver``)::

    solve(problem, variant) -> Solution
    # UnsolvedError when no answer is found in time; services make a sentence of it
    Solution(placing, stages, unmet)
        .is_proven -> bool                         # every stage optimal
        .is_complete -> bool                       # nobody and nothing unmet
        stages: (Stage(key, value, is_proven), …), with .label
        unmet: (Unmet(unit or None, candidate or None, sentence), …)   # what cannot be, and why
    to_json() / Solution.from_json(); kept in plan.solutions[variant]

Scores (``scores``), of any placing::

    scores(problem, placing) -> list[Score(key, label, sentence, value, text, better)]
        keys: moved, changed, touched, uncovered, largest_load, smallest_load, mean_load, spread,
              continuity, was_there, same_place, same_field, distance
        (label and sentence Vietnamese; text: value as written, "12,5 km"; better: "less"/"more"/"")
    violations(problem, placing) -> list[Violation(key, sentence)]
    choices(problem, placing, unit_key) -> list[Choice(candidate, refusal)]   # for a manual change
    # contradictions(problem) -> list[str] in checks: requests that cannot all be kept
    loads(problem, placing) -> dict[candidate key, weighted load]
    WEIGHTS: what the continuity points are; BANDS: what distance adds (to be shown)

Rows (``rows``)::

    solution_of(plan, variant) -> Solution | None
    placing_of(problem, plan) -> Placing            # the plan's rows over the present
    changed(problem, placing) -> list[Changed(unit, before, after)]     # only what differs

Services (``services``; keyword-only, atomic, audited, ``ValidationError`` in Vietnamese)::

    create_plan(name=, starts_on=, parameters=, by=, now=) -> ReassignmentPlan
    solve_variant(plan=, variant=, by=) -> Solution          # does not count as a new edition
    choose_variant(plan=, variant=, edition=, by=) -> ReassignmentPlan   # its rows: the plan's
    change_rows(plan=, after={commune_pk: officer_pk or None}, edition=, by=) -> ReassignmentPlan
    renew_plan(plan=, edition=, by=) -> ReassignmentPlan     # to the world as it is: solve again
    comment(plan=, text=, by=, now=) -> PlanComment
    apply_plan(plan=, edition=, number=, signed_on=, signer=, by=, now=) -> list[Assignment]
    withdraw_plan(plan=, reason=, by=, now=) -> ReassignmentPlan

``edition=None`` does not ask whether somebody else was faster.

Annex (``annex``)::

    annex_rows(plan) -> list[AnnexRow(number, commune, place, before, after, role, since, note)]
        # commune: Commune, before/after: Officer | None, since: date, place/role/note: words
    COLUMNS: list of (heading, attribute)            # TT, Đảng bộ, huyện/khu vực, trước, sau, …
"""
