"""What the package holds about people, and for how long: one line for each room."""

from .access import personal_data as access  # noqa: F401
from .agreements import personal_data as agreements  # noqa: F401
from .agreements import retention as agreements_retention  # noqa: F401
from .courses import personal_data as courses  # noqa: F401
from .courses import retention as courses_retention  # noqa: F401
from .directory import personal_data as directory  # noqa: F401
from .followup import personal_data_keeping as followup_keeping  # noqa: F401
from .followup import personal_data_meetings as meetings  # noqa: F401
from .followup import personal_data_pairs as pairs  # noqa: F401
from .followup import retention as followup_retention  # noqa: F401
from .followup.today import personal_data as today  # noqa: F401
from .mailing import personal_data as mailing  # noqa: F401
from .matching import personal_data as matching  # noqa: F401
from .matching import retention as matching_retention  # noqa: F401
from .outcomes import personal_data as outcomes  # noqa: F401
from .outcomes.changes import personal_data as changes  # noqa: F401
from .outcomes.questionnaires import personal_data as questionnaires  # noqa: F401
from .outcomes.questionnaires import retention as questionnaires_retention  # noqa: F401
from .outcomes.study import personal_data as study  # noqa: F401
from .outcomes.study import retention as study_retention  # noqa: F401
from .oversight import personal_data as oversight  # noqa: F401
from .people import personal_data as people  # noqa: F401
from .people import retention as people_retention  # noqa: F401
from .recruitment import erasing as recruitment_erasing  # noqa: F401
from .recruitment import personal_data as recruitment  # noqa: F401
from .recruitment import retention as recruitment_retention  # noqa: F401
