"""What is wrong with a page: rules of accessibility that it breaks, and whether it scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def broken_rules(page, leave_out=()):
    """Return one line per broken rule and element. ``leave_out``: selectors of what is not ours to mend."""
    context = {"exclude": [[selector] for selector in leave_out]} if leave_out else None
    found = Axe().run(page, context=context, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


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
