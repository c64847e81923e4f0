"""What is wrong with a page: rules of accessibility that it breaks, and whether it scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe

from .conftest import SIZES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script


def load_axe(page):
    """Bring the rules of accessibility into ``page``, once for each document."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)


def settle(page):
    """Wait until the page is loaded and nothing in it fades or moves any more: halfway there, a colour is no colour."""
    page.wait_for_load_state("load")
    page.evaluate(
        """async () => {
            for (let i = 0; i < 2; i += 1) await new Promise((next) => { requestAnimationFrame(next); });
            const moving = document.getAnimations()
                .filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
            const late = new Promise((next) => { setTimeout(next, 5000); });
            await Promise.race([Promise.allSettled(moving.map((one) => one.finished)), late]);
        }"""
    )


def broken_rules(page, leave_out=(), only=None, but=()):
    """Return one line per broken rule and element. ``leave_out``: selectors of what is not ours to mend.

    ``only``, ``but``: lists of rules. What is in order is counted by axe, but not written down: that takes longer
    than to look.
    """
    settle(page)
    load_axe(page)
    found = page.evaluate(
        "([context, options]) => axe.run(context || document, options)",
        [
            {"exclude": [[selector] for selector in leave_out]} if leave_out else None,
            {
                "runOnly": {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS},
                "rules": {rule: {"enabled": False} for rule in but},
                "resultTypes": ["violations"],
                "elementRef": False,
            },
        ],
    )
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def faults_at(page, sizes, name, leave_out=()):
    """Return what is wrong with the page that is open, at each of ``sizes``, one line each, and empty ``page.faults``.

    A page is drawn once and the window changed: its rules for narrow windows hold from that moment.
    """
    found = []
    for size in sizes:
        page.set_viewport_size(SIZES[size])
        page.wait_for_timeout(150)  # colours fade in
        found += [f"{name}, {size}: {line}" for line in broken_rules(page, leave_out)]
        found += [f"{name}, {size}: sideways {element}" for element in sideways(page)]
    found += [f"{name}: {fault}" for fault in page.faults]
    page.faults.clear()
    return found


def sideways(page):
    """Return the elements that are wider than the window, if the page scrolls sideways or cuts something off."""
    return page.evaluate(
        """() => {
            const main = document.querySelector("main") || document.documentElement;
            const wide = document.documentElement.scrollWidth > window.innerWidth
                || main.scrollWidth > main.clientWidth;
            if (!wide) return [];
            return [...main.querySelectorAll("*")]
                .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
                .slice(0, 5).map((e) => `${e.tagName}.${e.className}`).concat(["(wide)"]);
        }"""
    )
