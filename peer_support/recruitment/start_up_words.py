"""What each start-up step is about, in a few plain words of our own."""

from django.utils.translation import gettext_lazy as _

from .models_plan import StartUpStep

Step = StartUpStep.Step
ABOUT = {
    Step.PLAN: (
        _("Write down what you want to do, for whom, and who answers for it. A page is enough."),
        _("Agree how many hours the coordinator has, and who steps in."),
    ),
    Step.INVOLVE: (
        _("Ask people who know it from their own life, before the plan is finished."),
        _("Let them decide something that counts: the name, the place, the words."),
    ),
    Step.AMBASSADORS: (
        _("Find two or three who like to tell their story, and help them with it."),
        _("Agree what may be told, and that they can stop at any time."),
    ),
    Step.PAPERS: (
        _("Have the contract, the promise of confidentiality and the consent ready to sign."),
        _("Find out which certificates you must see, and what the insurance covers."),
    ),
    Step.RECRUIT: (
        _("Find volunteers before you invite citizens, so that nobody waits for somebody who is not there."),
        _("Make the recruitment plan, and hold the first conversations."),
    ),
}
