"""One import line per room: Django looks for models here."""

from .access.models import *
from .access.models_link import *
from .agreements.models import *
from .courses.models import *
from .directory.models import *
from .followup.models import *
from .followup.models_accompaniment import *
from .followup.models_keeping import *
from .followup.today.models import *
from .mailing.models import *
from .matching.models import *
from .outcomes.changes.models import *
from .outcomes.instruments.models import *
from .outcomes.models import *
from .outcomes.questionnaires.models import *
from .outcomes.report.models import *
from .outcomes.study.models import *
from .oversight.models import *
from .people.models import *
from .privacy.models import *
from .public.models import *
from .recruitment.models_consent import *
from .recruitment.models_enquiry import *
from .recruitment.models_guidance import *
from .recruitment.models_plan import *
from .recruitment.models_story_consent import *
