"""What search engines are told of a course (schema.org): where and when, that it is free, and no word of illness."""

from django.utils.translation import gettext


def _centre(name, url):
    return {"@type": "Organization", "name": name, "url": url}


def _place(facts):
    address = {"@type": "PostalAddress", "addressCountry": "DK"}
    if facts.town:
        address["addressLocality"] = facts.town
    if facts.postcode:
        address["postalCode"] = facts.postcode
    return {"@type": "Place", "name": facts.place or facts.town, "address": address}


def _free(url):
    return {"@type": "Offer", "price": "0", "priceCurrency": "DKK", "category": "Free", "url": url}


def course_data(facts, *, url, centre, centre_url):
    """Return a ``Course`` with the one time it is held. ``url`` is the course's own address."""
    instance = {
        "@type": "CourseInstance",
        "courseMode": "Onsite",
        "courseWorkload": f"PT{facts.minutes * facts.session_count}M",
        "location": _place(facts),
    }
    if facts.starts_on:
        instance["startDate"] = facts.starts_on.isoformat()
    if facts.ends_on:
        instance["endDate"] = facts.ends_on.isoformat()
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": facts.title,
        "description": gettext("A small group that meets and learns in company. It is free."),
        "url": url,
        "inLanguage": "da",
        "isAccessibleForFree": True,
        "provider": _centre(centre, centre_url),
        "offers": _free(url),
        "hasCourseInstance": instance,
    }


def workshop_data(facts, *, url, centre, centre_url):
    """Return an ``EducationEvent`` for an intro workshop."""
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": facts.title or gettext("Intro workshop"),
        "description": gettext("Hear what a course is, and decide afterwards. It is free."),
        "startDate": facts.begins.isoformat(),
        "endDate": facts.ends.isoformat(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "isAccessibleForFree": True,
        "location": _place(facts),
        "organizer": _centre(centre, centre_url),
        "offers": _free(url),
        "url": url,
    }
