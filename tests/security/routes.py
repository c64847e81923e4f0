"""The route contract: every address of the package, the methods it answers, and the roles that may use it.

A new address fails the suite until somebody has written it here and thought about who may. ``E`` is the editor,
``C`` the coordinator, ``D`` the deputy, ``L`` the leader, ``A`` the analyst, ``O`` the data officer, each with a record of
their own initiative; a superuser may everything, and nobody else may anything. ``P`` is the public: everybody, signed in or not.
"""

GET, POST, BOTH = "GET", "POST", "GET POST"


def model_admin(name, read, add, change, delete, inspect=True):
    """The screens of one hardened ModelAdmin; ``read`` and so on are the roles."""
    views = {
        "index": (BOTH, read),
        "results": (GET, read),
        "create": (BOTH, add),
        "edit": (BOTH, change),
        "delete": (BOTH, delete),
        "history": (GET, read),
    }
    if inspect:
        views["inspect"] = (GET, read)
    return {f"{name}_modeladmin_{view}": rule for view, rule in views.items()}


def people(kind):
    """The screens around one citizen or volunteer."""
    views = {"new": BOTH, "conversation": BOTH, "autosave": POST, "finish": POST}
    views |= {"pause": BOTH, "resume": POST, "end": BOTH, "back": POST, "link": POST}
    views |= {"seen": GET}
    views |= {"stop": POST, "go_on": POST, "still": POST, "correction": POST}
    views |= {"book": BOTH, "book_cancel": POST, "book_missed": POST, "book_file": GET}
    rules = {f"peer_support_people:{kind}_{view}": (methods, "CD") for view, methods in views.items()}
    for view in ("own_export", "own_reading"):
        rules[f"peer_support_people:{kind}_{view}"] = (GET, "C")
    rules[f"peer_support_people:{kind}_hold"] = (BOTH, "CD")
    return rules


def words(model):
    """The screens of a list of words, kept by editors as snippets."""
    own = {"list": GET, "list_results": GET, "add": BOTH, "edit": BOTH, "delete": BOTH, "usage": GET}
    own |= {"history": GET, "history_results": GET}
    return {f"wagtailsnippets_peer_support_{model}:{view}": (methods, "E") for view, methods in own.items()}


def chooser(model):
    """A snippet's chooser: Wagtail lets everybody in the admin choose, which is why people are no snippets."""
    views = dict.fromkeys(("choose", "choose_results", "chosen", "chosen_multiple"), (GET, "ECDLAO"))
    return {f"wagtailsnippetchoosers_peer_support_{model}:{view}": rule for view, rule in views.items()}


def named(namespace, **views):
    return {f"{namespace}:{view}": rule for view, rule in views.items()}


# Pages behind a link that both sides of a match have one of, or citizens and volunteers.
LINKS = ("proposal", "first_meeting", "day_after", "own_profile", "own_pause", "own_data", "meetings")
LINKS += ("own_rights", "own_still")

ROUTES = {
    # Public
    **named("peer_support", calendar=(GET, "P"), privacy_notice=(GET, "P")),
    # Links of courses: whoever holds one, and nobody else; a token that is not known is not found.
    **named(
        "peer_support",
        course_calendar=(GET, "P"),
        calendar_link=(GET, "P"),
        calendar_leader_link=(GET, "P"),
        session_link=(BOTH, "P"),
        participant_link=(BOTH, "P"),
        own_certificate=(GET, "P"),
        own_certificate_pdf=(GET, "P"),
        offer_link=(BOTH, "P"),
    ),
    # A paper to read and sign, for whoever holds its link.
    **named("peer_support", paper_link=(BOTH, "P")),
    # The second proof at sign-in: everybody's own.
    **named("peer_support_signing_in", code=(BOTH, "ECDLAO"), phone=(BOTH, "ECDLAO")),
    # Papers in the admin: editors write the standard texts and see nobody's papers.
    **named(
        "peer_support_agreements",
        overview=(GET, "CD"),
        policy=(BOTH, "CD"),
        texts=(GET, "ECD"),
        text_version=(GET, "ECD"),
        text=(BOTH, "ECD"),
        ready_for_all=(BOTH, "CD"),
        new=(BOTH, "CD"),
        reference=(BOTH, "CD"),
        certificate=(BOTH, "CD"),
        thanks=(BOTH, "CD"),
        take_out=(BOTH, "CD"),
        thanks_card=(GET, "CD"),
        thanks_card_pdf=(GET, "CD"),
        match_new=(BOTH, "CD"),
        paper=(BOTH, "CD"),
        paper_print=(GET, "CD"),
        paper_pdf=(GET, "CD"),
        paper_step=(BOTH, "CD"),
    ),
    # Links of a match, and of a person: one page for each side.
    **{
        f"peer_support:{name}_{side}_link": (BOTH, "P") for name in LINKS for side in ("citizen", "volunteer")
    },
    # What has changed, behind the link to one's questionnaires
    **{f"peer_support:change_{side}_page": (BOTH, "P") for side in ("citizen", "volunteer")},
    **{f"peer_support:change_{side}_print": (GET, "P") for side in ("citizen", "volunteer")},
    **{f"peer_support:change_{side}_pdf": (GET, "P") for side in ("citizen", "volunteer")},
    # Links of accompaniment
    **named("peer_support", accompaniment_offer_link=(BOTH, "P"), accompaniment_link=(BOTH, "P")),
    # Links to one's own star
    **named(
        "peer_support",
        **{
            f"star_{side}_{page}": (BOTH if page in ("page", "answer") else GET, "P")
            for side in ("citizen", "volunteer")
            for page in ("page", "answer", "print", "pdf")
        },
    ),
    # Links to one's own questionnaires
    **named(
        "peer_support",
        **{
            f"questionnaire_{side}_{page}": (GET if page == "thanks" else BOTH, "P")
            for side in ("citizen", "volunteer")
            for page in ("page", "answer", "thanks")
        },
    ),
    # Access
    **model_admin("peer_support_assignment", read="L", add="L", change="L", delete="L", inspect=False),
    # Directory
    **model_admin("peer_support_initiativecontact", read="E", add="E", change="E", delete=""),
    **model_admin("peer_support_initiativesuggestion", read="E", add="", change="", delete="E"),
    **named(
        "peer_support_directory", **{"import": (BOTH, "E"), "example": (GET, "E")}, suggestion=(POST, "E")
    ),
    **named(
        "wagtailsnippets_peer_support_initiative",
        list=(GET, "ECDL"),
        list_results=(GET, "ECDL"),
        inspect=(GET, "ECDL"),
        add=(BOTH, "E"),
        edit=(BOTH, "E"),
        delete=(BOTH, "E"),
        usage=(GET, "E"),
        history=(GET, "E"),
        history_results=(GET, "E"),
        preview_on_add=(BOTH, "E"),
        preview_on_edit=(BOTH, "E"),
        revisions_view=(GET, "E"),
        revisions_revert=(BOTH, "E"),
        revisions_compare=(GET, "E"),
        revisions_unschedule=(BOTH, "E"),
        unpublish=(BOTH, "E"),
        lock=(POST, "E"),
        unlock=(POST, "E"),
        workflow_action=(BOTH, "E"),
        collect_workflow_action_data=(BOTH, "E"),
        # Wagtail asks "cancel the workflow?" of everybody in the admin; the answer goes to the edit view.
        confirm_workflow_cancellation=(BOTH, "ECDLAO"),
        workflow_history=(GET, "E"),
        workflow_history_detail=(GET, "E"),
        workflow_preview=(BOTH, "E"),
    ),
    **chooser("initiative"),
    **words("directoryterm"),
    **chooser("directoryterm"),
    **words("localcoordinator"),
    **chooser("localcoordinator"),
    # Guidance
    **{
        name: rule
        for model in ("benefitrule", "glossaryterm", "ideaarea")
        for name, rule in (words(model) | chooser(model)).items()
    },
    **words("mailtext"),
    **chooser("mailtext"),
    **dict.fromkeys(
        (f"wagtailsnippets_peer_support_mailtext:preview_on_{view}" for view in ("add", "edit")), (BOTH, "E")
    ),
    **dict.fromkeys(
        (f"wagtailsnippets_peer_support_mailtext:{view}" for view in ("list", "list_results")), (GET, "ECD")
    ),
    # People
    **model_admin("people_citizen", read="CD", add="CD", change="CD", delete="C"),
    **model_admin("people_volunteer", read="CD", add="CD", change="CD", delete="C"),
    **model_admin("people_places", read="CD", add="CD", change="CD", delete="C", inspect=False),
    **people("citizen"),
    **people("volunteer"),
    # Papers hold nobody's data.
    **named("peer_support_protection", papers=(GET, "ECDL"), paper=(GET, "ECDL")),
    **named(
        "peer_support_people",
        way_in=(GET, "CD"),
        purge=(GET, "CD"),
        holds=(GET, "CD"),
        way_in_volunteers=(GET, "CD"),
        # The questions of conversations are nobody's data; editors keep the standard.
        guides=(GET, "ECD"),
        guide=(BOTH, "ECD"),
        guide_adapt=(POST, "ECD"),
        guide_standard=(POST, "ECD"),
        **{"import": (BOTH, "CD")},
        import_example=(GET, "CD"),
        import_columns=(BOTH, "CD"),
        import_check=(BOTH, "CD"),
        import_done=(GET, "CD"),
        import_give_up=(POST, "CD"),
    ),
    **{
        name: rule
        for model in ("interest", "interestgroup", "language")
        for name, rule in (
            words(model) | chooser(model) | {f"wagtailsnippets_peer_support_{model}:copy": (BOTH, "E")}
        ).items()
    },
    # Courses
    **{
        name: rule
        for model in ("coursetemplate", "schoolholiday")
        for name, rule in (words(model) | chooser(model)).items()
    },
    # Whoever makes courses reads the templates, and keeps the holidays of the schools around them.
    **dict.fromkeys(
        (
            f"wagtailsnippets_peer_support_coursetemplate:{view}"
            for view in ("list", "list_results", "inspect")
        ),
        (GET, "ECD"),
    ),
    **{name: (methods, "ECD") for name, (methods, __) in words("schoolholiday").items()},
    # Attendance, and what follows after a course
    **named(
        "peer_support_courses",
        attendance=(BOTH, "CD"),
        care=(POST, "CD"),
        after=(BOTH, "CD"),
        certificate=(GET, "CD"),
        certificate_pdf=(GET, "CD"),
    ),
    **named(
        "peer_support_course_import",
        start=(BOTH, "CD"),
        example=(GET, "CD"),
        columns=(BOTH, "CD"),
        check=(BOTH, "CD"),
        done=(GET, "CD"),
        give_up=(POST, "CD"),
    ),
    # Accompaniment, and keeping volunteers
    **named(
        "peer_support_trips",
        overview=(GET, "CD"),
        new=(BOTH, "CD"),
        trip=(GET, "CD"),
        change=(BOTH, "CD"),
        ask=(POST, "CD"),
        offer=(POST, "CD"),
        step=(BOTH, "CD"),
    ),
    **named("peer_support_keeping", board=(GET, "CD"), everybody=(POST, "CD"), skills=(BOTH, "CD")),
    **model_admin("people_skill", read="CD", add="CD", change="CD", delete="CD", inspect=False),
    # Recruitment
    **model_admin("people_talks", read="CD", add="CD", change="CD", delete="C"),
    **named(
        "peer_support_recruitment",
        consent=(BOTH, "CD"),
        citizen_yes=(BOTH, "CD"),
        volunteer_yes=(BOTH, "CD"),
        talk_step=(BOTH, "CD"),
    ),
    **words("consenttext"),
    "wagtailsnippets_peer_support_consenttext:copy": (BOTH, "E"),
    **chooser("consenttext"),
    # The plan and the start-up steps: a leader looks, and sees nobody.
    **named(
        "peer_support_recruitment",
        plan=(GET, "CDL"),
        plan_new=(BOTH, "CD"),
        plan_row=(BOTH, "CD"),
        plan_print=(GET, "CDL"),
        plan_pdf=(GET, "CDL"),
        startup=(GET, "CDL"),
        startup_save=(POST, "CD"),
    ),
    # What has changed: one person's, and a group's
    **named("peer_support_changes", group=(GET, "CD"), person=(BOTH, "CD")),
    **named("peer_support_changes", print=(GET, "CD"), pdf=(GET, "CD")),
    # The year's report: what is in it may leave the house, so a leader has it too.
    **named(
        "peer_support_report",
        choose=(BOTH, "CL"),
        print=(GET, "CL"),
        pdf=(GET, "CL"),
        xlsx=(GET, "CL"),
        csv=(GET, "CL"),
    ),
    # The progress star
    **named(
        "peer_support_outcomes",
        star=(BOTH, "CD"),
        areas=(BOTH, "CD"),
        answer=(BOTH, "CD"),
        print=(GET, "CD"),
        pdf=(GET, "CD"),
    ),
    # Questionnaires: who is asked, what was answered, and the plan
    **named(
        "peer_support_questionnaires",
        overview=(GET, "CD"),
        plan=(BOTH, "CD"),
        person=(BOTH, "CD"),
        one=(BOTH, "CD"),
        print=(GET, "CD"),
        pdf=(GET, "CD"),
        send=(POST, "CD"),
        remind=(POST, "CD"),
        care=(POST, "CD"),
    ),
    # Effect studies: leaders and analysts see the numbers, and nobody's name.
    **named("peer_support", study_link=(BOTH, "P")),
    **named(
        "peer_support_study",
        studies=(GET, "CDLA"),
        new=(BOTH, "CD"),
        study=(GET, "CDLA"),
        change=(BOTH, "CD"),
        towns=(BOTH, "CD"),
        measures=(BOTH, "CD"),
        text=(BOTH, "CD"),
        step=(POST, "CD"),
        paper=(GET, "CDLA"),
        people=(BOTH, "CD"),
        participant=(GET, "CD"),
        participant_step=(BOTH, "CD"),
        flow=(GET, "CDLA"),
        export=(GET, "A"),
        check=(GET, "CDLA"),
    ),
    # Numbers: exact for those who know the people, hidden where they are small for those who lead.
    **named(
        "peer_support_numbers",
        numbers=(GET, "CDL"),
        rows=(GET, "CDL"),
        waiting=(GET, "CDL"),
        recruitment=(GET, "CDL"),
    ),
    **words("areasuggestion"),
    **chooser("areasuggestion"),
    **words("instrumenttext"),
    "wagtailsnippets_peer_support_instrumenttext:copy": (BOTH, "E"),
    "wagtailsnippets_peer_support_instrumenttext:preview_on_add": (BOTH, "E"),
    "wagtailsnippets_peer_support_instrumenttext:preview_on_edit": (BOTH, "E"),
    **chooser("instrumenttext"),
    **words("enquirysource"),
    **chooser("enquirysource"),
    # Stories: a consent is written down and taken back on its own screens, and never changed.
    **model_admin("peer_support_storyconsent", read="E", add="", change="", delete=""),
    **named("peer_support_stories", consent=(BOTH, "E"), withdraw=(BOTH, "E")),
    # Matching
    **named(
        "peer_support_matching",
        waiting=(GET, "CD"),
        ranking=(GET, "CD"),
        compare=(GET, "CD"),
        propose=(POST, "CD"),
        rule_out=(POST, "CD"),
        rule_in=(POST, "CD"),
        plan=(GET, "CD"),
        plan_save=(POST, "CD"),
        swap=(GET, "CD"),
        run=(GET, "CD"),
        run_confirm=(POST, "CD"),
        matches=(GET, "CD"),
        match=(BOTH, "CD"),
        match_action=(BOTH, "CD"),
        match_link=(POST, "CD"),
        weights=(BOTH, "CD"),
    ),
    # Calls, pauses and endings of pairs
    **named(
        "peer_support_pairs",
        answer=(BOTH, "CD"),
        add_call=(BOTH, "CD"),
        ending=(BOTH, "CD"),
        ending_step=(BOTH, "CD"),
        ending_skip=(BOTH, "CD"),
        ending_again=(BOTH, "CD"),
        pause=(BOTH, "CD"),
        pause_cover=(BOTH, "CD"),
        plan=(BOTH, "CD"),
        meeting=(BOTH, "CD"),
        meeting_rung=(POST, "CD"),
    ),
    # The data officer's desk
    **named(
        "peer_support_oversight",
        desk=(GET, "O"),
        seals=(GET, "O"),
        review=(BOTH, "O"),
        log=(GET, "O"),
        breach=(BOTH, "O"),
    ),
    # Today
    **named("peer_support_today", today=(GET, "CD"), put_off=(POST, "CD"), away=(BOTH, "CD")),
    # Mails
    **model_admin("people_mails", read="CD", add="", change="", delete=""),
    **named("peer_support_mailing", kinds=(GET, "ECD"), again=(POST, "CD"), settle=(POST, "CD")),
    # Courses in the admin
    **model_admin("courses_all", read="CD", add="CD", change="CD", delete="C"),
    **model_admin("courses_enrolments", read="CD", add="", change="CD", delete=""),
    **named(
        "peer_support_courses",
        overview=(GET, "CD"),
        new=(BOTH, "CD"),
        week=(GET, "CD"),
        week_of=(GET, "CD"),
        workshops=(GET, "CD"),
        workshop_new=(BOTH, "CD"),
        workshop=(GET, "CD"),
        workshop_change=(BOTH, "CD"),
        workshop_came=(BOTH, "CD"),
        workshop_cancel=(BOTH, "CD"),
        course=(GET, "CD"),
        change=(BOTH, "CD"),
        step=(BOTH, "CD"),
        add=(BOTH, "CD"),
        sessions=(GET, "CD"),
        session_add=(BOTH, "CD"),
        session_step=(BOTH, "CD"),
        team=(GET, "CD"),
        team_step=(BOTH, "CD"),
        enrolment=(BOTH, "CD"),
        enrolment_step=(BOTH, "CD"),
    ),
}

# Addresses that need a record which only their own step makes (a revision, a running workflow, an upload of one's
# own): for these a role that may gets 404.
NEEDS_MORE = {
    # Which number, of which time.
    "peer_support_numbers:rows",
    # Links to questionnaires: a token of one's own.
    *(
        f"peer_support:questionnaire_{kind}_{view}"
        for kind in ("citizen", "volunteer")
        for view in ("page", "answer", "thanks")
    ),
    # The right to edit the page, too.
    *(f"peer_support_stories:{name}" for name in ("consent", "withdraw")),
    *(name for name in ROUTES if ":revisions_" in name or "workflow_" in name),
    *(name for name in ROUTES if name.startswith("peer_support_people:import_")),
    *(
        name
        for name in ROUTES
        if name.startswith("peer_support_course_import:") and not name.endswith(":start")
    ),
    *(f"peer_support_matching:{view}" for view in ("propose", "rule_out", "rule_in")),
    *(f"peer_support:{name}" for name in ("calendar_link", "calendar_leader_link", "session_link")),
    *(f"peer_support:{name}" for name in ("participant_link", "offer_link", "paper_link")),
    *(f"peer_support:{name}_{side}_link" for name in LINKS for side in ("citizen", "volunteer")),
    # Without the name of a link there is nothing to make.
    *(f"peer_support_{name}_link" for name in ("people:citizen", "people:volunteer", "matching:match")),
    *(f"peer_support:{name}" for name in ("own_certificate", "own_certificate_pdf")),
    *(f"peer_support:{name}" for name in ("accompaniment_offer_link", "accompaniment_link")),
    *(f"peer_support_trips:{name}" for name in ("step", "offer")),
    # Which paper, and for whom, is a word in the address; without an answer there is nothing to write down.
    *("peer_support_protection:paper", "peer_support:privacy_notice"),
    *(f"peer_support_people:{kind}_still" for kind in ("citizen", "volunteer")),
    *(f"peer_support_people:{kind}_correction" for kind in ("citizen", "volunteer")),
    *(name for name in ROUTES if name.startswith("peer_support:star_")),
    *(name for name in ROUTES if name.startswith("peer_support:change_")),
    *("peer_support:study_link", "peer_support_study:people", "peer_support_study:participant_step"),
    *(f"peer_support_courses:{name}" for name in ("care", "after", "certificate", "certificate_pdf")),
}
# Refusals that come from the record and not from the role: a group with words in it, a template with courses.
IN_USE = {
    "wagtailsnippets_peer_support_coursetemplate:delete",
    "wagtailsnippets_peer_support_interestgroup:delete",
}
